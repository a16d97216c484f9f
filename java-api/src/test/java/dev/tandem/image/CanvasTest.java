package dev.tandem.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** A frame in its place on a screen. */
class CanvasTest {
    private static final int AROUND = 0xc89678;

    private static int at(RgbImage image, int x, int y) {
        int i = (y * image.width() + x) * 3;
        return (image.rgb()[i] & 0xff) << 16 | (image.rgb()[i + 1] & 0xff) << 8 | image.rgb()[i + 2] & 0xff;
    }

    /** Every pixel of the screen is the frame's or the colour around it, found by its place. */
    private static void placed(int width, int height, int left, int top, int rgb, int frameWidth, int frameHeight)
            throws PictureException {
        RgbImage frame = Fixture.shades(frameWidth, frameHeight, 7);
        RgbImage screen = new Canvas(width, height, left, top, rgb, false).with(frame);
        assertEquals(width + " x " + height, screen.width() + " x " + screen.height());
        for (int i = 0; i < width * height; i++) {
            int x = i % width - left;
            int y = i / width - top;
            boolean inside = x >= 0 && y >= 0 && x < frameWidth && y < frameHeight;
            assertEquals(inside ? at(frame, x, y) : rgb, at(screen, i % width, i / width), "pixel " + i);
        }
    }

    @Test
    void theFrameLiesInItsPlaceOnAColour() throws PictureException {
        placed(7, 6, 2, 3, AROUND, 4, 2);
        placed(7, 6, 2, 3, 0, 4, 2);
        placed(7, 6, 0, 0, AROUND, 6, 6);
        placed(7, 6, 0, 0, AROUND, 7, 5);
        placed(7, 6, 0, 0, 1, 1, 1);
    }

    @Test
    void whatLiesBeyondTheScreenIsCut() throws PictureException {
        placed(7, 6, 5, 4, AROUND, 4, 5);
        placed(7, 6, 7, 0, AROUND, 4, 5);
        placed(7, 6, 9, 9, AROUND, 4, 5);
        placed(7, 6, 0, 6, AROUND, 7, 6);
        placed(7, 6, 3, 0, AROUND, 7, 6);
        placed(7, 6, 0, 2, AROUND, 7, 6);
        placed(4, 3, 0, 0, AROUND, 9, 8);
    }

    @Test
    void aFrameThatIsTheScreenIsNotCopied() throws PictureException {
        RgbImage frame = Fixture.shades(5, 4, 1);
        assertSame(frame, new Canvas(5, 4, 0, 0, AROUND, false).with(frame));
    }

    /** Rows 0 and 8, then 4, then 2 and 6, then the odd ones (GIF89a, appendix E). */
    @Test
    void interlacedRowsAreSorted() throws PictureException {
        int[] order = {0, 8, 4, 2, 6, 1, 3, 5, 7, 9};
        RgbImage stored = RgbImage.black(1, 10);
        byte[] expected = new byte[30];
        for (int i = 0; i < 30; i++) {
            stored.rgb()[i] = (byte) (order[i / 3] * 3 + i % 3);
            expected[i] = (byte) i;
        }
        assertArrayEquals(expected, new Canvas(1, 10, 0, 0, AROUND, true).with(stored).rgb());
        byte[] three = new Canvas(1, 3, 0, 0, 0, true)
                .with(new RgbImage(1, 3, new byte[]{1, 1, 1, 3, 3, 3, 2, 2, 2})).rgb();
        assertArrayEquals(new byte[]{1, 1, 1, 2, 2, 2, 3, 3, 3}, three);
    }

    @Test
    void aScreenOfMoreThanIsKeptIsRefused() {
        Canvas large = new Canvas(16384, 4096, 0, 0, 0, false);
        assertThrows(PictureException.class, () -> large.with(RgbImage.black(1, 1)));
    }
}
