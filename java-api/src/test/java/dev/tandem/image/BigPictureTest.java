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
import java.nio.charset.StandardCharsets;
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
        byte[] grey = new byte[width * height];
        for (int i = 0; i < grey.length; i++) {
            grey[i] = (byte) shade(i % width, i / width, width, height);
        }
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        picture.getRaster().setDataElements(0, 0, width, height, grey);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(picture, format, bytes);
        return bytes.toByteArray();
    }

    private static int shade(int x, int y, int width, int height) {
        return x * 100 / width + y * 100 / height;
    }

    @ParameterizedTest
    @CsvSource({"bmp,5800,5800", "png,5800,5800"})
    void aBigPictureIsReadInPart(String format, int width, int height) throws IOException {
        sloping(ImageReader.read(slope(format, width, height), "big"), width / 2, height / 2);
    }

    /** As a phone stores it: 48 megapixels, held upright. */
    @Test
    void aPhotographIsReadInPartAndTurnedInASmallHeap() throws IOException {
        byte[] jpeg = slope("jpeg", 8000, 6000);
        byte[] exif = Blocks.joined(new byte[]{(byte) 0xff, (byte) 0xe1, 0, 34}, "Exif\0\0MM\0*\0\0\0\10\0\1\1\22\0\3"
                .getBytes(StandardCharsets.ISO_8859_1), new byte[]{0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0});
        byte[] held = Blocks.joined(Arrays.copyOf(jpeg, 2), exif, Arrays.copyOfRange(jpeg, 2, jpeg.length));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        RgbImage image = ImageReader.read(held, "held");
        long used = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(used < 150 * MB, used / MB + " MB");
        sloping(Orientation.apply(image, 8), 4000, 3000);
    }

    private static void sloping(RgbImage image, int width, int height) {
        assertEquals(width, image.width());
        assertEquals(height, image.height());
        for (int y = 10; y < height; y += 500) {
            for (int x = 10; x < width; x += 500) {
                int found = image.rgb()[(y * width + x) * 3] & 0xff;
                assertTrue(Math.abs(found - shade(x, y, width, height)) <= 4, found + " at " + x + ", " + y);
            }
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
