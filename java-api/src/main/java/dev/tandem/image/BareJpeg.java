package dev.tandem.image;

import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.plugins.jpeg.JPEGHuffmanTable;
import javax.imageio.plugins.jpeg.JPEGImageReadParam;
import javax.imageio.plugins.jpeg.JPEGImageWriteParam;
import javax.imageio.plugins.jpeg.JPEGQTable;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Baseline JPEG, YCbCr 4:2:0, without what both ends know: only the entropy-coded segment. The Huffman tables are those
 * of ITU-T T.81, annex K, the quantisation tables too, scaled as the Independent JPEG Group does. Written and read by
 * ImageIO. Immutable; any thread.
 */
public final class BareJpeg {
    private static final JPEGHuffmanTable[] DC = {JPEGHuffmanTable.StdDCLuminance, JPEGHuffmanTable.StdDCChrominance};
    private static final JPEGHuffmanTable[] AC = {JPEGHuffmanTable.StdACLuminance, JPEGHuffmanTable.StdACChrominance};
    /** SOI, JFIF, SOF0 with a size of 0, SOS: what ImageIO puts before the data when told the tables. */
    private static final byte[] HEAD = {-1, (byte) 0xd8, -1, (byte) 0xe0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 2, 0, 0, 1,
            0, 1, 0, 0, -1, (byte) 0xc0, 0, 17, 8, 0, 0, 0, 0, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1, -1, (byte) 0xda,
            0,
            12, 3, 1, 0, 2, 0x11, 3, 0x11, 0, 63, 0};
    private static final int SIZE_AT = 25;
    private static final byte[] END = {-1, (byte) 0xd9};

    private final JPEGQTable[] quantisation;

    /** {@code quality} 1 to 100. */
    public BareJpeg(int quality) {
        if (quality < 1 || quality > 100) {
            throw new IllegalArgumentException("a quality of [" + quality + "]; needed 1 to 100");
        }
        quantisation = new JPEGQTable[]{scaled(JPEGQTable.K1Luminance, quality),
                scaled(JPEGQTable.K2Chrominance, quality)};
    }

    static JPEGQTable scaled(JPEGQTable table, int quality) {
        int percent = quality < 50 ? 5000 / quality : 200 - 2 * quality;
        return new JPEGQTable(Arrays.stream(table.getTable()).map(v -> Math.clamp((v * percent + 50) / 100, 1, 255))
                .toArray());
    }

    /** The entropy-coded segment of a picture; a fresh array. */
    public byte[] write(RgbImage image) {
        javax.imageio.ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        JPEGImageWriteParam param = (JPEGImageWriteParam) writer.getDefaultWriteParam();
        param.setEncodeTables(quantisation, DC, AC);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(Pixels.buffered(image), null, null), param);
        } catch (IOException e) {
            throw new UncheckedIOException("writing a picture of " + image.width() + " x " + image.height()
                    + " to memory: [" + e.getMessage() + "]; the JPEG plug-in of this Java failed", e);
        } finally {
            writer.dispose();
        }
        byte[] file = bytes.toByteArray();
        byte[] head = head(image.width(), image.height());
        if (!Arrays.equals(head, 0, head.length, file, 0, Math.min(head.length, file.length))) {
            throw new IllegalStateException("writing a JPEG without its header: this Java's plug-in writes [another] "
                    + "header than readers put before it; needed that of ImageIO's own plug-in");
        }
        return Arrays.copyOfRange(file, head.length, file.length - END.length);
    }

    private static byte[] head(int width, int height) {
        ByteBuffer head = ByteBuffer.wrap(HEAD.clone());
        return head.putShort(SIZE_AT, (short) height).putShort(SIZE_AT + 2, (short) width).array();
    }

    /**
     * The picture of an entropy-coded segment; a block of {@value LoneBlocks#SIDE} x {@value LoneBlocks#SIDE} pixels
     * is the same whatever stands beside it.
     *
     * @param data from position to limit; only read
     * @throws PictureException for data that are not exactly those of a picture of this size
     */
    public RgbImage read(ByteBuffer data, int width, int height) throws PictureException {
        RgbImage.checkSize(width, height);
        ByteBuffer in = data.slice();
        for (int i = 0; i < in.limit(); i++) {
            if (in.get(i) == -1 && (i + 1 == in.limit() || in.get(i + 1) != 0)) {
                throw new PictureException("a marker at byte [" + i + "] of a JPEG's data; needed none");
            }
        }
        DecodingNotes notes = new DecodingNotes();
        ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
        try (BytesStream stream = new BytesStream(ByteBuffer.wrap(head(width, height)), in, ByteBuffer.wrap(END))) {
            reader.addIIOReadWarningListener(notes);
            reader.setInput(stream, true, true);
            JPEGImageReadParam param = new JPEGImageReadParam();
            param.setDecodeTables(quantisation, DC, AC);
            Raster samples = reader.readRaster(0, param);
            if (!notes.warnings().isEmpty()) {
                throw new PictureException("damaged: " + notes.warnings());
            }
            return LoneBlocks.rgb(samples);
        } catch (PictureException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new PictureException("damaged: [" + DecodingNotes.words(e) + "]", e);
        } finally {
            reader.dispose();
        }
    }
}
