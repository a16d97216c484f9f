package dev.tandem.method.latent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LostBandsTest {
    private static float[] map(LatentShape shape, Random random) {
        float[] values = new float[shape.values()];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(41) - 20;
        }
        return values;
    }

    private static int at(LatentShape shape, int c, int y, int x) {
        return (c * shape.height() + y) * shape.width() + x;
    }

    private static BitSet here(int... bands) {
        BitSet here = new BitSet();
        for (int band : bands) {
            here.set(band);
        }
        return here;
    }

    @Test
    void whatIsHereStaysAndWhatIsNotLiesBetween() {
        Random random = new Random(1);
        for (int i = 0; i < 400; i++) {
            LatentShape shape = new LatentShape(1 + random.nextInt(3), 1 + random.nextInt(9), 1 + random.nextInt(9));
            BandGrid grid = BandGrid.atLeast(shape, 1 + random.nextInt(shape.positions()));
            BitSet here = here(random.nextInt(grid.bands()));
            for (int band = 0; band < grid.bands(); band++) {
                here.set(band, here.get(band) || random.nextInt(3) > 0);
            }
            float[] sent = map(shape, random);
            float[] found = sent.clone();
            for (int c = 0; c < shape.channels(); c++) {
                float least = Float.MAX_VALUE;
                float most = -Float.MAX_VALUE;
                for (int place = 0; place < shape.positions(); place++) {
                    float value = sent[c * shape.positions() + place];
                    if (here.get(grid.band(place / shape.width(), place % shape.width()))) {
                        least = Math.min(least, value);
                        most = Math.max(most, value);
                    } else {
                        found[c * shape.positions() + place] = 1e6f;
                    }
                }
                float[] filled = found.clone();
                LostBands.fill(filled, grid, here);
                for (int place = 0; place < shape.positions(); place++) {
                    float value = filled[c * shape.positions() + place];
                    if (here.get(grid.band(place / shape.width(), place % shape.width()))) {
                        assertEquals(sent[c * shape.positions() + place], value);
                    } else {
                        assertTrue(value >= least - 1e-3 && value <= most + 1e-3, grid + " without " + here);
                    }
                }
            }
        }
    }

    @Test
    void aSlopeComesBackBetweenRowsAndEndsAtTheBorders() {
        LatentShape shape = new LatentShape(2, 7, 3);
        float[] slope = new float[shape.values()];
        float[] wanted = new float[shape.values()];
        for (int c = 0; c < 2; c++) {
            for (int y = 0; y < 7; y++) {
                for (int x = 0; x < 3; x++) {
                    wanted[at(shape, c, y, x)] = 10 * c + 2 * Math.clamp(y, 1, 5) + 100 * x;
                    slope[at(shape, c, y, x)] = y % 4 == 1 ? wanted[at(shape, c, y, x)] : -7;
                }
            }
        }
        LostBands.fill(slope, new BandGrid(shape, 4), here(1));
        assertArrayEquals(wanted, slope, 1e-4f);
    }

    @Test
    void aColumnThatIsLostWholeLiesBetweenColumns() {
        LatentShape shape = new LatentShape(1, 2, 5);
        float[] values = {0, 99, 4, 99, 8, 10, 99, 14, 99, 18};
        LostBands.fill(values, new BandGrid(shape, 4), here(0, 1));
        assertArrayEquals(new float[]{0, 2, 4, 6, 8, 10, 12, 14, 16, 18}, values, 1e-4f);
        float[] one = {0, 99, 4, 99, 8, 99, 99, 99, 99, 99};
        LostBands.fill(one, new BandGrid(shape, 4), here(0));
        assertArrayEquals(new float[]{0, 2, 4, 6, 8, 0, 2, 4, 6, 8}, one, 1e-4f);
    }

    @Test
    void nothingLostNothingDone() {
        LatentShape shape = new LatentShape(3, 4, 5);
        float[] values = map(shape, new Random(2));
        float[] found = values.clone();
        LostBands.fill(found, new BandGrid(shape, 2), here(0, 1));
        assertArrayEquals(values, found);
    }
}
