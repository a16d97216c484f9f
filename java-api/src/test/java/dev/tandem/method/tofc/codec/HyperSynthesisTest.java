package dev.tandem.method.tofc.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.entropy.CorruptBitstreamException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HyperSynthesisTest {
    private static final int[] WIDTHS = {3, 5, 7, 8};
    private static final int[] SHIFTS = {9, 12, 7};

    /** Random parameters over the whole allowed range, so that every saturation happens. */
    private static ReferenceHyperSynthesis random(SplittableRandom random, byte[][] weight, int[][] bias,
            int[][] multiplier) {
        HyperFileWriter writer = new HyperFileWriter(1, 6, WIDTHS, SHIFTS);
        for (int l = 0; l < 3; l++) {
            weight[l] = new byte[WIDTHS[l] * WIDTHS[l + 1]];
            random.nextBytes(weight[l]);
            bias[l] = new int[WIDTHS[l + 1]];
            multiplier[l] = new int[WIDTHS[l + 1]];
            for (int o = 0; o < WIDTHS[l + 1]; o++) {
                bias[l][o] = random.nextInt(-20_000, 20_000);
                multiplier[l][o] = random.nextInt(10) == 0
                        ? Integer.MAX_VALUE
                        : random.nextInt(1 << random.nextInt(1, 14));
            }
            writer.layer(weight[l], bias[l], multiplier[l]);
        }
        return ReferenceHyperSynthesis.read(ByteBuffer.wrap(writer.toBytes()));
    }

    @Test
    void computesExactlyTheDocumentedArithmetic() {
        SplittableRandom random = new SplittableRandom(11);
        for (int round = 0; round < 200; round++) {
            byte[][] weight = new byte[3][];
            int[][] bias = new int[3][];
            int[][] multiplier = new int[3][];
            ReferenceHyperSynthesis hyper = random(random, weight, bias, multiplier);
            int[] z = {random.nextInt(-300, 300), random.nextInt(-127, 128), random.nextInt(-127, 128), 9};
            int[] mean = new int[6];
            int[] scale = new int[6];
            hyper.run(0, z, 1, mean, scale, 2);
            BigInteger[] a = new BigInteger[3];
            for (int i = 0; i < 3; i++) {
                a[i] = BigInteger.valueOf(Math.max(-127, Math.min(127, z[1 + i])));
            }
            for (int l = 0; l < 3; l++) {
                BigInteger[] v = new BigInteger[WIDTHS[l + 1]];
                for (int o = 0; o < v.length; o++) {
                    v[o] = BigInteger.valueOf(bias[l][o]);
                    for (int i = 0; i < a.length; i++) {
                        v[o] = v[o].add(BigInteger.valueOf(weight[l][o * a.length + i]).multiply(a[i]));
                    }
                    // BigInteger.shiftRight floors.
                    v[o] = v[o].multiply(BigInteger.valueOf(multiplier[l][o]))
                            .add(BigInteger.ONE.shiftLeft(SHIFTS[l] - 1)).shiftRight(SHIFTS[l]);
                    int least = l == 2 ? -32768 : 0;
                    int most = l == 2 ? 32767 : 255;
                    v[o] = v[o].max(BigInteger.valueOf(least)).min(BigInteger.valueOf(most));
                }
                a = v;
            }
            for (int k = 0; k < 4; k++) {
                assertEquals(a[k].intValueExact(), mean[2 + k]);
                assertEquals(a[4 + k].intValueExact(), scale[2 + k]);
            }
            assertEquals(0, mean[0] | mean[1] | scale[0] | scale[1]);
        }
    }

    @Test
    void saysItsShape() {
        ReferenceHyperSynthesis hyper = ReferenceHyperSynthesis
                .read(ByteBuffer.wrap(RandomHyper.file(1, 3, 10, 2, 20)));
        assertEquals(10, hyper.tokenWidth());
        assertEquals(2, hyper.hyperWidth());
        assertEquals(3, hyper.experts());
        assertEquals(8, hyper.meanFractionBits());
    }

    @Test
    void choosesTheScaleByCountingThresholds() {
        ReferenceHyperSynthesis hyper = ReferenceHyperSynthesis.read(ByteBuffer.wrap(RandomHyper.file(1, 1, 2, 1, 20)));
        for (int t = -40_000; t < 40_000; t++) {
            int logit = Math.max(-32768, Math.min(32767, t));
            assertEquals(Math.max(0, Math.min(63, t >> 4)), hyper.scaleIndex(logit, t - logit));
        }
    }

    @Test
    void refusesADamagedFile() {
        byte[] file = RandomHyper.file(1, 2, 3, 1, 20);
        for (int length = 0; length < file.length; length++) {
            refused(Arrays.copyOf(file, length), "");
        }
        refused(Arrays.copyOf(file, file.length + 4), "bytes of experts");
        refused(with(file, 0, 0), "magic TDHS");
        refused(with(file, 4, 2), "version");
        for (int at = 8; at < 36; at += 4) {
            for (int absurd : new int[]{-1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
                refused(with(file, at, absurd), "");
            }
        }
        refused(with(file, 8, 0), "experts");
        refused(with(file, 12, 0), "layers");
        refused(with(file, 32, 7), "even last width");
        refused(with(file, 36, 0x001e1e00), "a shift in 1..47");
        refused(with(file, 36, 0x001e1e30), "a shift in 1..47");
        refused(with(file, 36, 0x011e1e1e), "zero padding");
        refused(with(file, 44, 16), "ascending thresholds");
    }

    @Test
    void refusesANetworkThatCouldOverflow() {
        int most = Integer.MAX_VALUE - 127 * 127;
        for (int bias : new int[]{most, -most}) {
            ReferenceHyperSynthesis.read(ByteBuffer.wrap(single(bias, 1 << 30)));
        }
        refused(single(most + 1, 1), "a sum of output 0 below 2^31");
        refused(single(-most - 1, 1), "a sum of output 0 below 2^31");
        refused(single(Integer.MIN_VALUE, 1), "a sum of output 0 below 2^31");
        refused(single(0, -1), "a multiplier");
    }

    private static byte[] single(int bias, int multiplier) {
        return new HyperFileWriter(1, 0, new int[]{1, 2}, new int[]{8})
                .layer(new byte[]{-127, 5}, new int[]{bias, 0}, new int[]{multiplier, 1}).toBytes();
    }

    private static void refused(byte[] file, String expected) {
        CorruptBitstreamException e = assertThrows(CorruptBitstreamException.class,
                () -> ReferenceHyperSynthesis.read(ByteBuffer.wrap(file)));
        assertTrue(e.getMessage().contains(expected), e.getMessage());
    }

    private static byte[] with(byte[] file, int at, int value) {
        byte[] copy = file.clone();
        ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
        return copy;
    }
}
