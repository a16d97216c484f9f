package dev.tandem.method.latent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BandGridTest {
    /** The formula of docs/bitstream.md, position by position. */
    private static int bandOf(int r, int c, int height, int bands) {
        int rows = bands <= height ? bands : height;
        int columns = bands <= height ? 1 : bands / height;
        return r % rows + rows * (c % columns);
    }

    @Property(tries = 300)
    void eachPositionIsInTheBandThatTheFormulaSays(@ForAll @IntRange(min = 1, max = 5) int channels,
            @ForAll @IntRange(min = 1, max = 40) int height, @ForAll @IntRange(min = 1, max = 40) int width,
            @ForAll @IntRange(min = 1, max = 1100) int wanted) {
        LatentShape shape = new LatentShape(channels, height, width);
        BandGrid grid = BandGrid.atLeast(shape, wanted);
        int[] map = new int[shape.values()];
        Arrays.setAll(map, i -> i + 1);
        float[] back = new float[map.length];
        double[] ones = new double[shape.positions()];
        double[] sums = new double[BandGrid.MOST];
        Arrays.fill(ones, 1);
        grid.sums(ones, sums);
        for (int band = 0; band < grid.bands(); band++) {
            int[] part = new int[channels * grid.positions(band)];
            assertTrue(part.length >= channels);
            grid.gather(map, band, part);
            assertEquals(grid.positions(band), sums[band]);
            int at = 0;
            for (int i = 0; i < map.length; i++) {
                if (bandOf(i / width % height, i % width, height, grid.bands()) == band) {
                    assertEquals(map[i], part[at++], "a band is a subsequence of the map");
                }
            }
            assertEquals(part.length, at);
            grid.scatter(part, band, back);
        }
        for (int i = 0; i < map.length; i++) {
            assertEquals(map[i], back[i]);
        }
    }

    @Test
    void theBandsThatCanBe() {
        LatentShape shape = new LatentShape(2, 3, 4);
        for (int bands = -1; bands < 20; bands++) {
            boolean fits = bands >= 1 && bands <= 3 || bands == 6 || bands == 9 || bands == 12;
            assertEquals(fits, BandGrid.possible(shape, bands), bands + " bands");
        }
        assertThrows(IllegalArgumentException.class, () -> new BandGrid(shape, 5));
        BandGrid grid = BandGrid.atLeast(shape, 0);
        int[] finer = new int[7];
        for (int i = 0; i < finer.length; i++) {
            finer[i] = grid.bands();
            grid = grid.finer();
        }
        assertArrayEquals(new int[]{1, 2, 3, 6, 9, 12, 12}, finer);
    }

    @Test
    void neverMoreThanTheLinkTakes() {
        LatentShape tall = new LatentShape(1, 2000, 2);
        assertEquals(1024, BandGrid.atLeast(tall, 5000).bands());
        assertFalse(BandGrid.possible(tall, 1025));
        LatentShape wide = new LatentShape(1, 300, 300);
        assertEquals(900, BandGrid.atLeast(wide, 5000).bands());
        assertEquals(900, new BandGrid(wide, 900).finer().bands());
        assertFalse(BandGrid.possible(wide, 1200));
        assertFalse(BandGrid.possible(wide, 301));
    }
}
