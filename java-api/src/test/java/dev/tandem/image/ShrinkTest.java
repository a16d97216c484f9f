package dev.tandem.image;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import javax.imageio.ImageReadParam;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much is kept of a picture, by its size alone. */
class ShrinkTest {
    @ParameterizedTest
    @CsvSource({"8192, 4096, 3, 1", "8192, 4097, 3, 2", "8192, 4096, 4, 1", "8192, 4096, 5, 2", "8192, 4096, 8, 2",
            "16384, 1, 3, 1", "16385, 1, 3, 2", "1, 16384, 3, 1", "1, 16385, 3, 2", "16384, 2048, 3, 1",
            "2048, 16384, 3, 1", "16384, 16384, 3, 3", "65536, 1, 3, 4", "1, 65536, 3, 4", "65536, 4096, 3, 4",
            "1, 1, 3, 1"})
    void whatIsKeptIsBoundedByPixelsSidesAndBytes(int width, int height, int bytes, int every)
            throws PictureException {
        assertEquals(every, Shrink.of(width, height, bytes).every());
    }

    @Test
    void whatIsKeptIsAPicture() throws PictureException {
        for (int side = 1; side < 70_000; side += 997) {
            for (int other : new int[]{1, 2, 3, 50, 4000}) {
                if (side <= Shrink.MOST_SIDE && (long) side * other <= Shrink.MOST_READ) {
                    Shrink shrink = Shrink.of(side, other, 4);
                    RgbImage.checkSize(shrink.keptWidth(), shrink.keptHeight());
                }
            }
        }
    }

    @Test
    void largerThanTheLargestIsRefused() {
        for (int[] size : new int[][]{{65537, 1}, {1, 65537}, {16385, 16384}, {65536, 65536}, {0, 1}, {1, 0},
                {-1, -1}}) {
            assertTrue(assertThrows(PictureException.class, () -> Shrink.of(size[0], size[1], 3)).getMessage()
                    .startsWith("[" + size[0] + " x " + size[1] + "] pixels; sides of 1 to 65536"));
        }
        assertDoesNotThrow(() -> Shrink.of(16384, 16384, 3));
        assertDoesNotThrow(() -> Shrink.none(8192, 4096));
        assertThrows(PictureException.class, () -> Shrink.none(8192, 4097));
    }

    /** Of n pixels the middle one, of two the right one; the last one where there are fewer. */
    @ParameterizedTest
    @CsvSource({"100, 60, 2, 1, 50, 1, 30", "101, 61, 2, 1, 50, 1, 30", "100, 61, 3, 1, 33, 1, 20",
            "101, 62, 3, 1, 34, 1, 21", "103, 1, 4, 2, 26, 0, 1", "2, 103, 4, 1, 1, 2, 26", "7, 3, 5, 2, 1, 2, 1",
            "8, 3, 5, 2, 2, 2, 1", "9, 9, 1, 0, 9, 0, 9"})
    void theReaderTakesThoseThatAreCounted(int width, int height, int every, int left, int across, int top, int down) {
        Shrink shrink = new Shrink(width, height, every);
        ImageReadParam param = new ImageReadParam();
        shrink.apply(param);
        assertEquals(every, param.getSourceXSubsampling());
        assertEquals(every, param.getSourceYSubsampling());
        assertEquals(left, param.getSubsamplingXOffset());
        assertEquals(top, param.getSubsamplingYOffset());
        assertEquals(across, shrink.keptWidth());
        assertEquals(down, shrink.keptHeight());
    }
}
