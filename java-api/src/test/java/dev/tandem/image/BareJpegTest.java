package dev.tandem.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.plugins.jpeg.JPEGHuffmanTable;
import javax.imageio.plugins.jpeg.JPEGQTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The data of a JPEG alone, and that it is one. */
class BareJpegTest {
    private static final int[] ZIGZAG = {0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48,
            41, 34, 27, 20, 13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58,
            59,
            52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63};

    private static RgbImage picture(int width, int height, long seed) {
        Random random = new Random(seed);
        RgbImage picture = RgbImage.black(width, height);
        for (int i = 0; i < picture.rgb().length; i++) {
            int x = i / 3 % width;
            picture.rgb()[i] = (byte) (100 + 5 * x * (i % 3) % 120 + i / 3 / width * 3 + random.nextInt(9));
        }
        return picture;
    }

    /** A file of the segments that docs/bitstream.md, section 12.3, lists around the data. */
    private static byte[] file(byte[] data, int width, int height, int quality) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(bytes(0xff, 0xd8, 0xff, 0xe0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 2, 0, 0, 1, 0, 1, 0, 0));
        int[][] tables = {JPEGQTable.K1Luminance.getTable(), JPEGQTable.K2Chrominance.getTable()};
        for (int t = 0; t < 2; t++) {
            out.writeBytes(bytes(0xff, 0xdb, 0, 67, t));
            int s = quality < 50 ? 5000 / quality : 200 - 2 * quality;
            for (int z : ZIGZAG) {
                out.write(Math.max(1, Math.min(255, (tables[t][z] * s + 50) / 100)));
            }
        }
        out.writeBytes(bytes(0xff, 0xc0, 0, 17, 8, height >> 8, height, width >> 8, width, 3, 1, 0x22, 0, 2, 0x11, 1, 3,
                0x11, 1));
        huffman(out, 0x00, JPEGHuffmanTable.StdDCLuminance);
        huffman(out, 0x10, JPEGHuffmanTable.StdACLuminance);
        huffman(out, 0x01, JPEGHuffmanTable.StdDCChrominance);
        huffman(out, 0x11, JPEGHuffmanTable.StdACChrominance);
        out.writeBytes(bytes(0xff, 0xda, 0, 12, 3, 1, 0, 2, 0x11, 3, 0x11, 0, 63, 0));
        out.writeBytes(data);
        out.writeBytes(bytes(0xff, 0xd9));
        return out.toByteArray();
    }

    private static void huffman(ByteArrayOutputStream out, int number, JPEGHuffmanTable table) {
        out.writeBytes(bytes(0xff, 0xc4, 0, 19 + table.getValues().length, number));
        out.writeBytes(bytes(Arrays.stream(Arrays.copyOf(toInts(table.getLengths()), 16)).toArray()));
        out.writeBytes(bytes(toInts(table.getValues())));
    }

    private static int[] toInts(short[] values) {
        int[] ints = new int[values.length];
        for (int i = 0; i < ints.length; i++) {
            ints[i] = values[i];
        }
        return ints;
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    @ParameterizedTest
    @CsvSource({"16, 16, 30", "48, 16, 1", "160, 16, 75", "4096, 16, 49", "33, 40, 50", "16, 16, 100"})
    void isTheDataOfTheFileThatTheFormatNames(int width, int height, int quality) throws Exception {
        RgbImage picture = picture(width, height, quality);
        BareJpeg jpeg = new BareJpeg(quality);
        byte[] data = jpeg.write(picture);
        RgbImage back = jpeg.read(ByteBuffer.wrap(data), width, height);
        RgbImage whole = ImageReader.read(file(data, width, height, quality), "a whole file");
        for (int i = 0; i < back.rgb().length; i++) {
            if (i / 3 % width % 16 > 0 && i / 3 % width % 16 < 15) {
                assertEquals(whole.rgb()[i] & 0xff, back.rgb()[i] & 0xff, 2, "value " + i);
            }
        }
        if (quality >= 75) {
            long off = 0;
            for (int i = 0; i < back.rgb().length; i++) {
                off += Math.abs((back.rgb()[i] & 0xff) - (picture.rgb()[i] & 0xff));
            }
            assertTrue(off < 12.0 * back.rgb().length, "off by " + off / (double) back.rgb().length);
        }
    }

    /** By the Independent JPEG Group's formula, whole numbers throughout: 5000 / 30 is 166. */
    @Test
    void scalesTablesByWholeNumbers() {
        assertEquals((16 * 166 + 50) / 100, BareJpeg.scaled(JPEGQTable.K1Luminance, 30).getTable()[0]);
        assertEquals(16, BareJpeg.scaled(JPEGQTable.K1Luminance, 50).getTable()[0]);
        assertEquals(8, BareJpeg.scaled(JPEGQTable.K1Luminance, 75).getTable()[0]);
        assertEquals(255, BareJpeg.scaled(JPEGQTable.K2Chrominance, 1).getTable()[0]);
        assertTrue(Arrays.stream(BareJpeg.scaled(JPEGQTable.K1Luminance, 100).getTable()).allMatch(v -> v == 1));
        for (int quality : new int[]{0, 101, -1}) {
            assertThrows(IllegalArgumentException.class, () -> new BareJpeg(quality));
        }
    }

    @Test
    void looksFromPositionToLimitAndMovesNeither() throws Exception {
        BareJpeg jpeg = new BareJpeg(40);
        byte[] data = jpeg.write(picture(32, 16, 1));
        ByteBuffer within = ByteBuffer.allocate(data.length + 9).put(4, data).position(4).limit(4 + data.length);
        assertArrayEquals(jpeg.read(ByteBuffer.wrap(data), 32, 16).rgb(), jpeg.read(within, 32, 16).rgb());
        assertEquals(4, within.position());
        assertEquals(4 + data.length, within.limit());
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 48, 1600})
    void refusesDataThatAreShortLongOrOfAnotherSize(int width) throws Exception {
        BareJpeg jpeg = new BareJpeg(60);
        byte[] data = jpeg.write(picture(width, 16, 5));
        for (int cut = 1; cut <= data.length; cut += 1 + data.length / 50) {
            byte[] less = Arrays.copyOf(data, data.length - cut);
            assertThrows(PictureException.class, () -> jpeg.read(ByteBuffer.wrap(less), width, 16), "less " + cut);
        }
        // A decoder's bit buffer may take a few bytes more; then they change nothing.
        for (int more = 1; more < 40; more++) {
            byte[] longer = Arrays.copyOf(data, data.length + more);
            if (more < 8) {
                assertSameOrRefused(jpeg, longer, data, width);
            } else {
                assertThrows(PictureException.class, () -> jpeg.read(ByteBuffer.wrap(longer), width, 16));
            }
        }
        assertThrows(PictureException.class, () -> jpeg.read(ByteBuffer.wrap(data), width + 16, 16));
        assertThrows(PictureException.class, () -> jpeg.read(ByteBuffer.wrap(data), width, 32));
        assertThrows(IllegalArgumentException.class, () -> jpeg.read(ByteBuffer.wrap(data), width, 0));
        assertThrows(IllegalArgumentException.class, () -> jpeg.read(ByteBuffer.wrap(data), width + 65536, 16));
    }

    private static void assertSameOrRefused(BareJpeg jpeg, byte[] longer, byte[] data, int width) throws Exception {
        byte[] exact = jpeg.read(ByteBuffer.wrap(data), width, 16).rgb();
        try {
            assertArrayEquals(exact, jpeg.read(ByteBuffer.wrap(longer), width, 16).rgb());
        } catch (PictureException e) {
            assertTrue(e.getMessage().contains("extraneous"), e.getMessage());
        }
    }

    /** A second scan, new tables, another picture: nothing but data. */
    @Test
    void refusesEveryMarker() {
        BareJpeg jpeg = new BareJpeg(60);
        byte[] data = jpeg.write(picture(64, 16, 5));
        for (int marker = 1; marker < 256; marker++) {
            byte[] with = Arrays.copyOf(data, data.length + 2);
            with[data.length] = -1;
            with[data.length + 1] = (byte) marker;
            assertTrue(assertThrows(PictureException.class, () -> jpeg.read(ByteBuffer.wrap(with), 64, 16))
                    .getMessage().contains("marker"));
        }
        byte[] end = Arrays.copyOf(data, data.length + 1);
        end[data.length] = -1;
        assertThrows(PictureException.class, () -> jpeg.read(ByteBuffer.wrap(end), 64, 16));
    }

    @Test
    void anythingIsAPictureOfThatSizeOrRefused() {
        BareJpeg jpeg = new BareJpeg(30);
        byte[] data = jpeg.write(picture(48, 16, 2));
        Random random = new Random(9);
        for (int i = 0; i < 3000; i++) {
            byte[] hostile = i % 2 == 0 ? data.clone() : new byte[random.nextInt(200)];
            if (i % 2 == 0) {
                hostile[random.nextInt(data.length)] ^= (byte) (1 << random.nextInt(8));
            } else {
                random.nextBytes(hostile);
            }
            try {
                assertEquals(48 * 16 * 3, jpeg.read(ByteBuffer.wrap(hostile), 48, 16).rgb().length);
            } catch (PictureException e) {
                assertTrue(e.getMessage().contains("["), e.getMessage());
            }
        }
    }
}
