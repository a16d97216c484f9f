package dev.tandem.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.tandem.image.made.Blocks;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Photographs larger than what is kept are read in part, as the whole looks. */
class BigPictureTest {
    private static final long MB = 1 << 20;

    /** A slope from left to right, dark above and bright below. */
    private static byte[] slope(String format, int width, int height) throws IOException {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            int above = y * 100 / height;
            Arrays.setAll(row, x -> x * 100 / width + above);
            picture.getRaster().setSamples(0, y, width, 1, 0, row);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(picture, format, bytes);
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({"jpeg", "png", "bmp"})
    void aPhotographOf48MegapixelsIsReadInPart(String format) throws IOException {
        byte[] file = slope(format, 8000, 6000);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        RgbImage image = ImageReader.read(file, "big");
        assertEquals(4000, image.width());
        assertEquals(3000, image.height());
        long used = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(used < 120 * MB, used / MB + " MB");
        for (int y = 10; y < 3000; y += 500) {
            for (int x = 10; x < 4000; x += 500) {
                int found = image.rgb()[(y * 4000 + x) * 3] & 0xff;
                assertTrue(Math.abs(found - (x * 100 / 4000 + y * 100 / 3000)) <= 4, found + " at " + x + ", " + y);
            }
        }
    }

    @Test
    void itIsTurnedToo() throws IOException {
        byte[] jpeg = slope("jpeg", 8000, 6000);
        byte[] exif = Blocks.joined(new byte[]{(byte) 0xff, (byte) 0xe1, 0, 34}, "Exif\0\0MM\0*\0\0\0\10\0\1\1\22\0\3"
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1),
                new byte[]{0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0});
        byte[] held = Blocks.joined(Arrays.copyOf(jpeg, 2), exif, Arrays.copyOfRange(jpeg, 2, jpeg.length));
        RgbImage image = ImageReader.read(held, "held");
        assertEquals(3000, image.width());
        assertEquals(4000, image.height());
        int topRight = image.rgb()[(20 * 3000 + 2980) * 3] & 0xff;
        int bottomLeft = image.rgb()[(3980 * 3000 + 20) * 3] & 0xff;
        assertTrue(topRight < 8, "the stored left top is the right top: " + topRight);
        assertTrue(bottomLeft > 190, "the stored right bottom is the left bottom: " + bottomLeft);
    }

    @Test
    void whatIsKeptIsBoundedByPixelsSidesAndBytes() throws PictureException {
        assertEquals(1, Shrink.of(8192, 4096, 3).every());
        assertEquals(2, Shrink.of(8192, 4097, 3).every());
        assertEquals(2, Shrink.of(8192, 4096, 8).every());
        assertEquals(1, Shrink.of(16384, 1, 3).every());
        assertEquals(2, Shrink.of(16385, 1, 3).every());
        assertEquals(3, Shrink.of(16384, 16384, 3).every());
        for (int side = 1; side < 70_000; side += 997) {
            for (int other : new int[]{1, 2, 3, 50, 4000}) {
                if (side <= Shrink.MOST_SIDE && (long) side * other <= Shrink.MOST_READ) {
                    Shrink shrink = Shrink.of(side, other, 4);
                    RgbImage.checkSize(shrink.keptWidth(), shrink.keptHeight());
                }
            }
        }
        for (int[] size : new int[][]{{65537, 1}, {1, 65537}, {16385, 16384}, {65536, 65536}, {0, 1}, {1, 0},
                {-1, -1}}) {
            assertThrows(PictureException.class, () -> Shrink.of(size[0], size[1], 3));
        }
    }

    /** A screen of 65,535 x 65,535 around a frame of one pixel. */
    @Test
    void aScreenIsBoundedToo() {
        byte[] gif = {'G', 'I', 'F', '8', '9', 'a', -1, -1, -1, -1, (byte) 0x80, 0, 0, 1, 2, 3, 4, 5, 6, 0x2c, 0, 0, 0,
                0, 1,
                0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3b};
        PictureException refused = assertThrows(PictureException.class, () -> ImageReader.read(gif, "bomb.gif"));
        assertTrue(refused.getMessage().contains("[65535 x 65535] pixels"), refused.getMessage());
    }
}
