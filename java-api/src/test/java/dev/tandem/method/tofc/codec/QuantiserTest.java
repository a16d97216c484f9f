package dev.tandem.method.tofc.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.foreign.NativeLibrary;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** libtandem's quantiser against the reference, and both against the definition where it is delicate. */
class QuantiserTest {
    private static final Quantiser REFERENCE = new ReferenceQuantiser();

    private static Quantiser nativeOne() {
        assumeTrue(NativeLibrary.get().available(),
                () -> "missing capability: libtandem " + NativeLibrary.get().reasons());
        return new NativeQuantiser();
    }

    @Test
    void roundsHalfToEvenAndSaturates() {
        float[] values = {0.5f, 1.5f, -0.5f, -2.5f, 1e30f, -1e30f, Float.MIN_VALUE, 32767.5f, -32768.5f};
        int[] symbols = new int[values.length];
        assertEquals(-1,
                Quantiser.best().quantise(MemorySegment.ofArray(values), new short[values.length], 8, 1, symbols));
        assertArrayEquals(new int[]{0, 2, 0, -2, 32767, -32768, 0, 32767, -32768}, symbols);
    }

    @Test
    void nativeAndReferenceAgreeOnAnyBitsAndAtAnyLength() {
        Quantiser quantiser = nativeOne();
        SplittableRandom random = new SplittableRandom(41);
        for (int round = 0; round < 600; round++) {
            int count = round < 40 ? round : random.nextInt(round % 8 == 0 ? 100_000 : 20_000);
            int fractionBits = random.nextInt(16);
            float step = round % 7 == 0 ? Float.MIN_NORMAL : (float) StrictMath.exp(random.nextDouble(-7, 13.8));
            short[] mean = new short[count];
            float[] values = new float[count];
            for (int i = 0; i < count; i++) {
                mean[i] = (short) random.nextInt();
                float near = (float) ((random.nextInt(-70_000, 70_000) * 0.5) * step)
                        + mean[i] / (float) (1 << fractionBits);
                float any = Float.intBitsToFloat(random.nextInt());
                values[i] = random.nextBoolean() || !Float.isFinite(any) ? near : any;
            }
            int[] expected = new int[count];
            int[] symbols = new int[count];
            assertEquals(-1, REFERENCE.quantise(MemorySegment.ofArray(values), mean, fractionBits, step, expected));
            assertEquals(-1, quantiser.quantise(MemorySegment.ofArray(values), mean, fractionBits, step, symbols));
            assertArrayEquals(expected, symbols, "step " + step);
            float[] back = new float[count];
            REFERENCE.dequantise(symbols, mean, fractionBits, step, values);
            quantiser.dequantise(symbols, mean, fractionBits, step, back);
            assertArrayEquals(values, back, "step " + step);
        }
    }

    @Test
    void takesValuesOffTheHeapAsOnIt() {
        float[] values = {0.5f, 1.5f, -7.25f, 1e30f, 3};
        int[] wanted = new int[values.length];
        REFERENCE.quantise(MemorySegment.ofArray(values), new short[values.length], 8, 0.5f, wanted);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment off = arena.allocateFrom(ValueLayout.JAVA_FLOAT, values);
            for (Quantiser quantiser : new Quantiser[]{REFERENCE, nativeOne()}) {
                int[] symbols = new int[values.length];
                assertEquals(-1, quantiser.quantise(off, new short[values.length], 8, 0.5f, symbols));
                assertArrayEquals(wanted, symbols);
            }
        }
    }

    @Test
    void namesTheFirstValueThatIsNotFinite() {
        for (Quantiser quantiser : new Quantiser[]{REFERENCE, nativeOne()}) {
            for (int at : new int[]{0, 1, 31, 8191, 8192, 19_998}) {
                float[] values = new float[20_000];
                values[at] = Float.NaN;
                values[19_999] = Float.NEGATIVE_INFINITY;
                assertEquals(at,
                        quantiser.quantise(MemorySegment.ofArray(values), new short[20_000], 4, 0.5f, new int[20_000]));
            }
        }
    }

    @Test
    void refusesArraysOfOtherLengths() {
        Quantiser quantiser = nativeOne();
        assertThrows(IllegalArgumentException.class,
                () -> quantiser.quantise(MemorySegment.ofArray(new float[3]), new short[4], 8, 1, new int[4]));
        assertThrows(IllegalArgumentException.class,
                () -> quantiser.dequantise(new int[3], new short[4], 8, 1, new float[4]));
    }
}
