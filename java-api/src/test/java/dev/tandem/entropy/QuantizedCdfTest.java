package dev.tandem.entropy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class QuantizedCdfTest {
    @Test
    void reproducesTheVectorsOfPartA() {
        check(new float[]{.1f, .2f, .4f, .2f, .1f}, 0, 6554, 19661, 45875, 58982, 65536);
        check(new float[]{.25f, .5f, .24f, .01f, 0}, 0, 16384, 49152, 64881, 65535, 65536);
        check(new float[]{1e-9f, 1e-9f, .999f, 1e-9f, 1e-9f}, 0, 1, 2, 65534, 65535, 65536);
        check(new float[]{.5f, 0, 0, 0, .5f}, 0, 32765, 32766, 32767, 32768, 65536);
        check(new float[]{.3f, .3f}, 0, 32768, 65536);
        check(new float[]{1 / 3f, 1 / 3f, 1 / 3f}, 0, 21845, 43690, 65536);
        check(new float[]{.05f, .9f, .04f, .01f}, 0, 3277, 62259, 64880, 65536);
    }

    private static void check(float[] pmf, int... cdf) {
        assertArrayEquals(cdf, QuantizedCdf.of(pmf));
    }

    @Property
    void isStrictlyAscendingToTheTotal(@ForAll @Size(min = 2, max = 300) float[] pmf,
            @ForAll @FloatRange(min = 0, max = 1) float filler) {
        for (int i = 0; i < pmf.length; i++) {
            // Any float becomes a probability; many stay 0.
            pmf[i] = Float.isFinite(pmf[i]) ? Math.min(1, Math.abs(pmf[i]) * 1e-6f) : filler;
        }
        pmf[0] += 1e-3f;
        int[] cdf = QuantizedCdf.of(pmf);
        assertEquals(0, cdf[0]);
        assertEquals(65536, cdf[pmf.length]);
        for (int i = 0; i < pmf.length; i++) {
            assertTrue(cdf[i] < cdf[i + 1]);
        }
    }

    @Test
    void givesEverySymbolACountUpToTheLimit() {
        float[] pmf = new float[65536];
        pmf[40_000] = 1;
        int[] cdf = QuantizedCdf.of(java.util.Arrays.copyOf(pmf, 2000 + 38_001));
        assertEquals(65536, cdf[cdf.length - 1]);
        float[] flat = new float[65536];
        java.util.Arrays.fill(flat, 1f / 65536);
        cdf = QuantizedCdf.of(flat);
        assertEquals(65535, cdf[65535]);
        assertThrows(IllegalArgumentException.class, () -> QuantizedCdf.of(new float[65537]));
    }

    @Test
    void refusesWhatIsNoProbability() {
        for (float bad : new float[]{-.1f, Float.NaN, Float.POSITIVE_INFINITY}) {
            IllegalArgumentException e = assertThrows(IllegalArgumentException.class,
                    () -> QuantizedCdf.of(new float[]{.5f, bad}));
            assertTrue(e.getMessage().contains("probability [1] is [" + bad + "]"));
        }
        assertThrows(IllegalArgumentException.class, () -> QuantizedCdf.of(new float[]{0, 0}));
        assertThrows(IllegalArgumentException.class, () -> QuantizedCdf.of(new float[0]));
    }
}
