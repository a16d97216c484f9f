package dev.tandem.image.made;

import dev.tandem.image.RgbImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Coded components with the pixels that they mean: ImageIO decodes the components as they are, and the colours are
 * computed here.
 *
 * @param bound what two ways of rounding colours may differ
 */
record JpegSource(byte[] jpeg, RgbImage pixels, boolean progressive, int bound) {

    static JpegSource of(Dice dice, JpegColour colour, RgbImage drawn) throws IOException {
        int count = colour.components;
        byte[] components = new byte[drawn.width() * drawn.height() * count];
        for (int i = 0; i < components.length; i++) {
            components[i] = drawn.rgb()[i / count * 3 + Math.min(2, i % count)];
        }
        boolean progressive = dice.in(2);
        byte[] jpeg = coded(components, drawn.width(), drawn.height(), count, progressive);
        Raster decoded = decoded(jpeg);
        RgbImage pixels = RgbImage.black(drawn.width(), drawn.height());
        int[] pixel = new int[count];
        for (int i = 0; i < drawn.width() * drawn.height(); i++) {
            decoded.getPixel(i % drawn.width(), i / drawn.width(), pixel);
            for (int c = 0; c < 3; c++) {
                pixels.rgb()[i * 3 + c] = (byte) sample(colour.means, pixel, c);
            }
        }
        return new JpegSource(jpeg, pixels, progressive, 2);
    }

    private static int sample(String means, int[] pixel, int c) {
        return switch (means) {
            case "grey" -> pixel[0];
            case "RGB" -> pixel[c];
            case "YCbCr" -> rgb(pixel, c);
            // Inks are stored inverted, as Adobe began it; YCCK codes what RGB would be without black.
            case "CMYK" -> pixel[c] * pixel[3] / 255;
            default -> (255 - rgb(pixel, c)) * pixel[3] / 255;
        };
    }

    private static int rgb(int[] pixel, int c) {
        double blue = pixel[1] - 128;
        double red = pixel[2] - 128;
        double value = pixel[0] + switch (c) {
            case 0 -> 1.402 * red;
            case 1 -> -0.344136 * blue - 0.714136 * red;
            default -> 1.772 * blue;
        };
        return Math.clamp(Math.round(value), 0, 255);
    }

    /** Components without a colour space: a raster is coded as it is. */
    static byte[] coded(byte[] components, int width, int height, int count, boolean progressive) throws IOException {
        int[] offsets = new int[count];
        java.util.Arrays.setAll(offsets, i -> i);
        Raster raster = Raster.createInterleavedRaster(new java.awt.image.DataBufferByte(components,
                components.length), width, height, width * count, count, offsets, null);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam param = writer.getDefaultWriteParam();
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality(0.95f);
        param.setProgressiveMode(progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(raster, null, null), param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static Raster decoded(byte[] jpeg) throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("jpeg");
        ImageReader reader = readers.next();
        try (MemoryCacheImageInputStream stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(jpeg))) {
            reader.setInput(stream, true, true);
            return reader.readRaster(0, null);
        } finally {
            reader.dispose();
        }
    }
}
