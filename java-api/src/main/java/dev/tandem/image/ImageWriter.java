package dev.tandem.image;

import com.luciad.imageio.webp.WebPWriteParam;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.plugins.jpeg.JPEGImageWriteParam;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes pictures as small as the format allows at a quality, by ImageIO and its plug-ins. Any thread. */
public final class ImageWriter {
    private static final int SLOWEST_WEBP = 6;

    private ImageWriter() {
    }

    /** JPEG 4:2:0 with optimised Huffman tables, baseline or progressive, whichever is smaller; quality 1 to 100. */
    public static byte[] jpeg(RgbImage image, int quality) {
        return jpeg(image, quality, JpegNotes.NONE);
    }

    /** As {@link #jpeg(RgbImage, int)}; the file says {@code notes} of itself. */
    public static byte[] jpeg(RgbImage image, int quality, JpegNotes notes) {
        byte[] baseline = jpeg(image, quality, false, notes);
        byte[] progressive = jpeg(image, quality, true, notes);
        return progressive.length < baseline.length ? progressive : baseline;
    }

    /** Lossy WebP by the encoder's slowest and best method; quality 1 to 100. */
    public static byte[] webp(RgbImage image, int quality) {
        javax.imageio.ImageWriter writer = writer("webp");
        WebPWriteParam param = (WebPWriteParam) writer.getDefaultWriteParam();
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionType("Lossy");
        param.setMethod(SLOWEST_WEBP);
        param.setCompressionQuality(fraction(quality));
        return write(writer, param, image, JpegNotes.NONE);
    }

    /** PNG, so without loss. */
    public static byte[] png(RgbImage image) {
        javax.imageio.ImageWriter writer = writer("png");
        return write(writer, writer.getDefaultWriteParam(), image, JpegNotes.NONE);
    }

    /** {@code jpeg} or {@code webp}. */
    public static byte[] write(RgbImage image, String format, int quality) {
        return switch (format) {
            case "jpeg" -> jpeg(image, quality);
            case "webp" -> webp(image, quality);
            default -> throw new IllegalArgumentException(
                    "writing a picture as [" + format + "]; needed jpeg or webp");
        };
    }

    static byte[] jpeg(RgbImage image, int quality, boolean progressive) {
        return jpeg(image, quality, progressive, JpegNotes.NONE);
    }

    private static byte[] jpeg(RgbImage image, int quality, boolean progressive, JpegNotes notes) {
        javax.imageio.ImageWriter writer = writer("jpeg");
        // ImageIO's JPEG writer turns RGB into YCbCr with 2 x 2 chroma subsampling by itself.
        JPEGImageWriteParam param = (JPEGImageWriteParam) writer.getDefaultWriteParam();
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality(fraction(quality));
        param.setOptimizeHuffmanTables(true);
        param.setProgressiveMode(progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
        return write(writer, param, image, notes);
    }

    private static float fraction(int quality) {
        if (quality < 1 || quality > 100) {
            throw new IllegalArgumentException("a quality of [" + quality + "]; needed 1 to 100");
        }
        return quality / 100f;
    }

    private static javax.imageio.ImageWriter writer(String format) {
        Iterator<javax.imageio.ImageWriter> writers = ImageIO.getImageWritersByFormatName(format);
        if (!writers.hasNext()) {
            throw new IllegalStateException("writing a picture as " + format + ": [no] ImageIO plug-in for it is on "
                    + "the class path; add webp-imageio, or use jpeg");
        }
        return writers.next();
    }

    private static byte[] write(javax.imageio.ImageWriter writer, ImageWriteParam param, RgbImage image,
            JpegNotes notes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(stream);
            IIOImage picture = new IIOImage(Pixels.buffered(image), null, null);
            if (!notes.equals(JpegNotes.NONE)) {
                picture.setMetadata(writer.getDefaultImageMetadata(
                        ImageTypeSpecifier.createFromRenderedImage(picture.getRenderedImage()), param));
                notes.addTo(picture.getMetadata());
            }
            writer.write(null, picture, param);
        } catch (IOException e) {
            throw new UncheckedIOException("writing a picture of " + image.width() + " x " + image.height()
                    + " to memory: [" + e.getMessage() + "]; the plug-in " + writer.getClass().getName() + " failed",
                    e);
        } catch (LinkageError e) {
            throw new IllegalStateException("writing a picture: the native library behind "
                    + writer.getClass().getName() + " did not load: [" + e + "]; " + ImageReader.NATIVE_REMEDY, e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
