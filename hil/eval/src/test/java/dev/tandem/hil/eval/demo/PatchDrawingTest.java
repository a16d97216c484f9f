package dev.tandem.hil.eval.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.image.RgbImage;
import dev.tandem.pack.Preprocessing;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A light picture, so that all that is darker has been drawn. */
class PatchDrawingTest {
    private static final List<Float> ANY = List.of(0.5f, 0.5f, 0.5f);
    private static final Preprocessing SQUASH = new Preprocessing(32, 24, Preprocessing.SQUASH, 0, ANY, ANY);
    private static final Grid GRID = new Grid(4, 3);
    private static final int LIGHT = 0xFFC8C8C8;

    private static RgbImage light(int width, int height) {
        byte[] rgb = new byte[width * height * 3];
        Arrays.fill(rgb, (byte) 0xC8);
        return new RgbImage(width, height, rgb);
    }

    /** How many of a square's pixels are as they were, dark, and of another colour. */
    private static int[] counts(BufferedImage image, int left, int top, int width, int height) {
        int[] counts = new int[3];
        for (int y = top; y < top + height; y++) {
            for (int x = left; x < left + width; x++) {
                int rgb = image.getRGB(x, y);
                int red = rgb >> 16 & 0xff;
                boolean grey = red == (rgb >> 8 & 0xff) && red == (rgb & 0xff);
                counts[rgb == LIGHT ? 0 : grey && red < 0x50 ? 1 : 2]++;
            }
        }
        return counts;
    }

    @Test
    void litHatchedAndDimmedLieWhereTheyBelong() {
        PatchMarks marks = new PatchMarks(Grid.set(0, 6), Grid.set(11), 1, true);
        BufferedImage image = PatchDrawing.draw(light(400, 150), SQUASH, GRID, marks);
        assertEquals(List.of(400, 150), List.of(image.getWidth(), image.getHeight()));
        for (int place = 0; place < 12; place++) {
            int[] counts = counts(image, place % 4 * 100, place / 4 * 50, 100, 50);
            switch (place) {
                case 0, 6 -> assertEquals(5_000, counts[0], "lit: " + place);
                case 11 -> assertTrue(counts[2] > 300 && counts[1] > 1_000 && counts[0] == 0,
                        "hatched: " + Arrays.toString(counts));
                default -> assertEquals(5_000, counts[1], "dimmed: " + place);
            }
        }
    }

    @Test
    void whatTheCropCutsOffIsDimmed() {
        Preprocessing crop = new Preprocessing(32, 24, Preprocessing.CROP, 32, ANY, ANY);
        BitSet all = new BitSet();
        all.set(0, 12);
        BufferedImage image = PatchDrawing.draw(light(320, 320), crop, GRID,
                new PatchMarks(all, new BitSet(), 0, true));
        // All of the width, 24 of 32 rows in the middle.
        assertEquals(320 * 240, counts(image, 0, 40, 320, 240)[0]);
        assertEquals(320 * 40, counts(image, 0, 0, 320, 40)[1]);
        assertEquals(320 * 40, counts(image, 0, 280, 320, 40)[1]);
    }

    @Test
    void aLargePhotographIsDrawnSmaller() {
        BufferedImage image = PatchDrawing.draw(light(1792, 100), SQUASH, GRID,
                new PatchMarks(Grid.set(0), new BitSet(), 0, true));
        assertEquals(List.of(896, 50), List.of(image.getWidth(), image.getHeight()));
        assertEquals(LIGHT, image.getRGB(100, 8));
    }
}
