package dev.tandem.method.patches.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.entropy.CdfTables;
import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.entropy.IdealLength;
import dev.tandem.entropy.RansEncoder;
import dev.tandem.foreign.MemoryAccount;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Patches to bytes and back, by each code. */
class PatchCodesTest {
    private static final MemoryAccount MEMORY = new MemoryAccount("test", 1 << 26);

    /** Half of them slopes, half of them noise. */
    static byte[][] patches(int count, int side, long seed) {
        Random random = new Random(seed);
        byte[][] patches = new byte[count][3 * side * side];
        for (byte[] patch : patches) {
            boolean noise = random.nextBoolean();
            int base = random.nextInt(256);
            int slope = random.nextInt(7) - 3;
            for (int i = 0; i < patch.length; i++) {
                int level = noise ? random.nextInt(256) : base + slope * (i / 3 % side) + 9 * (i % 3);
                patch[i] = (byte) Math.clamp(level, 0, 255);
            }
        }
        return patches;
    }

    private static int[] drawnSubset(int count, Random random) {
        return IntStream.range(0, count).filter(i -> random.nextBoolean() || count == 1).toArray();
    }

    @Property(tries = 200)
    void rgbGivesTheBytes(@ForAll @IntRange(min = 1, max = 40) int count, @ForAll @IntRange(min = 4, max = 32) int side,
            @ForAll long seed) {
        byte[][] patches = patches(count, side, seed);
        RgbCode code = new RgbCode(3 * side * side);
        int[] which = drawnSubset(count, new Random(seed));
        if (which.length > 0) {
            byte[] payload = code.coded(patches).of(which);
            byte[][] back = code.decode(ByteBuffer.wrap(payload), which.length);
            for (int i = 0; i < which.length; i++) {
                assertArrayEquals(patches[which[i]], back[i]);
            }
            assertThrows(CorruptBitstreamException.class,
                    () -> code.decode(ByteBuffer.wrap(payload), which.length + 1));
            assertThrows(CorruptBitstreamException.class,
                    () -> code.decode(ByteBuffer.wrap(payload, 0, payload.length - 1), which.length));
        }
    }

    @Property(tries = 100)
    void jpegGivesAlmostThePatches(@ForAll @IntRange(min = 1, max = 40) int count,
            @ForAll @IntRange(min = 4, max = 16) int side, @ForAll long seed) {
        byte[][] patches = patches(count, side, seed);
        for (byte[] patch : patches) {
            byte level = (byte) (seed + patch[0]);
            Arrays.fill(patch, level);
        }
        JpegCode code = new JpegCode(side, 90);
        int[] all = IntStream.range(0, count).toArray();
        byte[][] back = code.decode(ByteBuffer.wrap(code.coded(patches).of(all)), count);
        for (int i = 0; i < count; i++) {
            assertEquals(3 * side * side, back[i].length);
            for (int d = 0; d < back[i].length; d++) {
                assertEquals(patches[i][d] & 0xff, back[i][d] & 0xff, 4, "patch " + i + " of " + count);
            }
        }
    }

    /** Beside each other, black and white: a block of the one holds nothing of the other's grey. */
    @Test
    void noBlockHoldsTwoPatches() {
        byte[][] patches = new byte[6][3 * 14 * 14];
        for (int i = 0; i < 6; i += 2) {
            Arrays.fill(patches[i], (byte) 255);
        }
        JpegCode code = new JpegCode(14, 50);
        byte[][] back = code.decode(ByteBuffer.wrap(code.coded(patches).of(new int[]{0, 1, 2, 3, 4, 5})), 6);
        for (int i = 0; i < 6; i++) {
            for (byte value : back[i]) {
                assertEquals(i % 2 == 0 ? 255 : 0, value & 0xff, 3);
            }
        }
    }

    /** Colours of chance beside each other: what is decoded of a patch does not depend on its company. */
    @Property(tries = 60)
    void aPatchIsTheSameInAnyCompany(@ForAll @IntRange(min = 4, max = 16) int side, @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 100) int quality) {
        byte[][] patches = patches(8, side, seed);
        JpegCode code = new JpegCode(side, quality);
        PatchCode.Payloads payloads = code.coded(patches);
        byte[] alone = code.decode(ByteBuffer.wrap(payloads.of(new int[]{3})), 1)[0];
        for (int[] company : new int[][]{{3, 4}, {2, 3}, {0, 3, 7}, {3, 3, 3}}) {
            byte[][] back = code.decode(ByteBuffer.wrap(payloads.of(company)), company.length);
            assertArrayEquals(alone, back[IntStream.range(0, company.length).filter(i -> company[i] == 3).findFirst()
                    .orElseThrow()]);
        }
    }

    /** Plain saturated colours, each beside its opposite. */
    @Test
    void coloursDoNotBleed() {
        byte[][] patches = new byte[8][3 * 16 * 16];
        for (int i = 0; i < 8; i++) {
            for (int d = 0; d < patches[i].length; d++) {
                patches[i][d] = (byte) ((i ^ (i >> 1)) >> d % 3 & 1) == 1 ? (byte) 230 : (byte) 20;
            }
        }
        JpegCode code = new JpegCode(16, 95);
        byte[][] back = code.decode(ByteBuffer.wrap(code.coded(patches).of(IntStream.range(0, 8).toArray())), 8);
        for (int i = 0; i < 8; i++) {
            for (int d = 0; d < back[i].length; d++) {
                assertEquals(patches[i][d] & 0xff, back[i][d] & 0xff, 6, "patch " + i + ", value " + d);
            }
        }
    }

    @Test
    void refusesWhatIsNoBlock() {
        assertThrows(IllegalArgumentException.class, () -> new JpegCode(17, 50));
        assertThrows(IllegalArgumentException.class, () -> new JpegCode(16, 0));
        JpegCode code = new JpegCode(16, 50);
        byte[] payload = code.coded(patches(3, 16, 1)).of(new int[]{0, 2});
        for (int count : new int[]{1, 3, 256}) {
            assertThrows(CorruptBitstreamException.class, () -> code.decode(ByteBuffer.wrap(payload), count));
        }
        assertThrows(CorruptBitstreamException.class, () -> code.decode(ByteBuffer.allocate(0), 1));
    }

    /** As many coefficients as values: what is lost is the step's, at most half of it times what a row sums to. */
    @Property(tries = 60)
    void aWholeBasisGivesThePatchesWithinTheStep(@ForAll @IntRange(min = 1, max = 12) int count, @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 3) int classes) {
        TransformModel model = TransformModel.read(ByteBuffer.wrap(TransformFiles.drawn(4, classes, 48, seed)));
        byte[][] patches = patches(count, 4, seed);
        try (Transform transform = new Transform(model, MEMORY)) {
            for (double step : new double[]{0.5, 4}) {
                TransformCode code = new TransformCode(transform, step, (int) (seed % 300));
                int[] which = drawnSubset(count, new Random(seed));
                if (which.length > 0) {
                    byte[] payload = code.coded(patches).of(which);
                    byte[][] back = code.decode(ByteBuffer.wrap(payload), which.length);
                    for (int i = 0; i < which.length; i++) {
                        double square = 0;
                        for (int d = 0; d < 48; d++) {
                            square += Math.pow((patches[which[i]][d] & 0xff) - (back[i][d] & 0xff), 2);
                        }
                        assertTrue(Math.sqrt(square) <= (step / 2 + 0.5) * Math.sqrt(48) + 1e-6, "off " + square);
                    }
                }
            }
        }
    }

    /** Coded again the slow way: class by class, plain sums, the stream by the plain coder. */
    @Test
    void theBytesAreThoseOfThePlainWay() {
        TransformModel model = TransformModel.read(ByteBuffer.wrap(TransformFiles.drawn(5, 4, 20, 7)));
        CdfTables tables = model.tables();
        byte[][] patches = patches(9, 5, 3);
        int shift = -45;
        double step = 6.5;
        int[] kinds = new int[9];
        int[][] symbols = new int[9][];
        for (int p = 0; p < 9; p++) {
            double least = Double.MAX_VALUE;
            for (int kind = 0; kind < 4; kind++) {
                int[] found = new int[20];
                double bits = IdealLength.bits(tables, 0, kind);
                double error = 0;
                for (int d = 0; d < 75; d++) {
                    error += Math.pow((patches[p][d] & 0xff) - (double) model.means()[kind][d], 2);
                }
                for (int k = 0; k < 20; k++) {
                    double sum = 0;
                    for (int d = 0; d < 75; d++) {
                        sum += (double) model.bases()[kind][k * 75 + d]
                                * ((patches[p][d] & 0xff) - (double) model.means()[kind][d]);
                    }
                    found[k] = (int) Math.rint(sum / step);
                    bits += IdealLength.bits(tables, row(model, kind, k, shift), found[k]);
                    error += Math.pow(sum - found[k] * step, 2) - sum * sum;
                }
                double cost = bits + 6 * error / (step * step * Math.log(2));
                if (cost < least) {
                    least = cost;
                    kinds[p] = kind;
                    symbols[p] = found;
                }
            }
        }
        assertTrue(Arrays.stream(kinds).distinct().count() > 1, "else the choice is not tested");
        RansEncoder plain = new RansEncoder();
        for (int kind : kinds) {
            plain.put(tables, 0, kind);
        }
        for (int p = 0; p < 9; p++) {
            for (int k = 0; k < 20; k++) {
                plain.put(tables, row(model, kinds[p], k, shift), symbols[p][k]);
            }
        }
        byte[] expected = plain.finish();
        try (Transform transform = new Transform(model, MEMORY)) {
            TransformCode code = new TransformCode(transform, step, shift);
            assertArrayEquals(expected, code.coded(patches).of(IntStream.range(0, 9).toArray()));
            byte[][] back = code.decode(ByteBuffer.wrap(expected), 9);
            for (int p = 0; p < 9; p++) {
                for (int d = 0; d < 75; d++) {
                    double sum = model.means()[kinds[p]][d];
                    for (int k = 0; k < 20; k++) {
                        sum += symbols[p][k] * step * model.bases()[kinds[p]][k * 75 + d];
                    }
                    assertEquals(Math.clamp(Math.rint(sum), 0, 255), back[p][d] & 0xff, 0);
                }
            }
        }
    }

    private static int row(TransformModel model, int kind, int k, int shift) {
        return 1 + Math.max(0, Math.min(63, (model.scales()[kind][k] + shift) >> 4));
    }

    /** What a stream may say although its coder never does: ids and symbols outside, and then some. */
    @Test
    void refusesStreamsThatSayTooMuch() {
        TransformModel model = TransformModel.read(ByteBuffer.wrap(TransformFiles.drawn(4, 2, 3, 7)));
        CdfTables tables = model.tables();
        try (Transform transform = new Transform(model, MEMORY)) {
            TransformCode code = new TransformCode(transform, 4, 0);
            for (int[] values : new int[][]{{2, 0, 0, 0}, {-1, 0, 0, 0}, {0, 32768, 0, 0}, {1, 0, 0, -32769},
                    {0, 0, 0}, {0, 0, 0, 0, 0}, {0, 1 << 26, 0, 0}}) {
                RansEncoder plain = new RansEncoder();
                for (int i = 0; i < values.length; i++) {
                    plain.put(tables, i == 0 ? 0 : row(model, Math.clamp(values[0], 0, 1), Math.min(i, 3) - 1, 0),
                            values[i]);
                }
                byte[] stream = plain.finish();
                assertThrows(CorruptBitstreamException.class, () -> code.decode(ByteBuffer.wrap(stream), 1),
                        Arrays.toString(values));
            }
        }
    }

    @Property(tries = 400)
    void streamsOfChanceAreRefusedOrDecoded(@ForAll @IntRange(min = 0, max = 40) int bytes, @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 256) int count) {
        byte[] stream = new byte[bytes];
        new Random(seed).nextBytes(stream);
        TransformModel model = TransformModel.read(ByteBuffer.wrap(TransformFiles.drawn(4, 2, 3, 7)));
        try (Transform transform = new Transform(model, MEMORY)) {
            byte[][] back = new TransformCode(transform, 4, 0).decode(ByteBuffer.wrap(stream), count);
            assertEquals(count, back.length);
        } catch (CorruptBitstreamException e) {
            assertTrue(e.getMessage().startsWith("corrupt "), e.getMessage());
        }
    }
}
