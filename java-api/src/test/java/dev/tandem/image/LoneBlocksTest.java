package dev.tandem.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Chroma at the borders of blocks, as a block alone has it (docs/bitstream.md, section 12.3). */
class LoneBlocksTest {
    /** Chroma of half the width, brought to full size by libjpeg's triangle filter from one column to another. */
    private static int[] full(int[] half, int from, int to) {
        int[] row = new int[to - from];
        for (int x = from; x < to; x++) {
            int side = x % 2 == 0 ? x / 2 - 1 : x / 2 + 1;
            int beside = half[Math.clamp(side, from / 2, (to - 1) / 2)];
            row[x - from] = (3 * half[x / 2] + beside) / 4;
        }
        return row;
    }

    /** Samples that are multiples of four, so that filters need no rounding. */
    private static int[] half(Random random, int width) {
        return random.ints((width + 1) / 2, 0, 64).map(i -> 4 * i).toArray();
    }

    private static Raster raster(int[] luma, int[] blue, int[] red) {
        WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, luma.length, 2, 3, null);
        for (int i = 0; i < 2 * luma.length; i++) {
            int x = i % luma.length;
            raster.setPixel(x, i / luma.length, new int[]{luma[x], blue[x], red[x]});
        }
        return raster;
    }

    private static byte[] rgb(int y, int blue, int red) {
        double[] rgb = {y + 1.402 * (red - 128), y - 0.344136 * (blue - 128) - 0.714136 * (red - 128),
                y + 1.772 * (blue - 128)};
        byte[] bytes = new byte[3];
        for (int c = 0; c < 3; c++) {
            bytes[c] = (byte) Math.clamp(Math.rint(rgb[c]), 0, 255);
        }
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 32, 48})
    void aBlockBesideOthersIsThatBlockAlone(int width) {
        Random random = new Random(width);
        int[] luma = random.ints(width, 0, 256).toArray();
        int[] blue = half(random, width);
        int[] red = half(random, width);
        RgbImage all = LoneBlocks.rgb(raster(luma, full(blue, 0, width), full(red, 0, width)));
        assertEquals(width + " x 2", all.width() + " x " + all.height());
        for (int left = 0; left < width; left += 16) {
            int[] aloneBlue = full(blue, left, left + 16);
            int[] aloneRed = full(red, left, left + 16);
            for (int i = 0; i < 32; i++) {
                byte[] expected = rgb(luma[left + i % 16], aloneBlue[i % 16], aloneRed[i % 16]);
                byte[] found = all.crop(left + i % 16, i / 16, 1, 1).rgb();
                assertArrayEquals(expected, found, "column " + i % 16 + " of the block at " + left);
            }
        }
    }

    /** A block that the picture's right border cuts has a left border only, and of two columns none. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 14, 15, 17, 18, 19, 31, 33, 34})
    void aBlockThatIsCutHasTheBordersThatAreThere(int width) {
        Random random = new Random(width);
        int[] luma = random.ints(width, 0, 256).toArray();
        int[] blue = full(half(random, width), 0, width);
        int[] red = full(half(random, width), 0, width);
        RgbImage found = LoneBlocks.rgb(raster(luma, blue, red));
        for (int x = 0; x < width; x++) {
            boolean leftBorder = x % 16 == 0 && x + 2 < width;
            int inward = leftBorder ? 1 : x % 16 == 15 ? -1 : 0;
            byte[] expected = rgb(luma[x], line(blue, x, inward), line(red, x, inward));
            assertArrayEquals(expected, found.crop(x, 1, 1, 1).rgb(), "column " + x);
        }
    }

    private static int line(int[] row, int x, int inward) {
        return inward == 0
                ? row[x]
                : Math.clamp(Math.floorDiv(3 * row[x + inward] - row[x + 2 * inward] + 1, 2), 0, 255);
    }

    /** A line through the two columns that leaves what a byte holds ends at its ends. */
    @Test
    void theLineIsLimited() {
        int[] middle = new int[16];
        int[] steep = new int[16];
        java.util.Arrays.fill(middle, 128);
        steep[2] = 200;
        steep[13] = 90;
        steep[14] = 255;
        RgbImage image = LoneBlocks.rgb(raster(middle, steep, middle));
        assertArrayEquals(rgb(128, 0, 128), image.crop(0, 0, 1, 1).rgb());
        assertArrayEquals(rgb(128, 255, 128), image.crop(15, 0, 1, 1).rgb());
    }
}
