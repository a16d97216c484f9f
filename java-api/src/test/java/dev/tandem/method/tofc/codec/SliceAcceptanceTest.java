package dev.tandem.method.tofc.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.entropy.LaplaceTables;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.method.SliceLimits;
import dev.tandem.method.tokens.DecodedSlice;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What a codec of this kind must reach whatever its weights are; the figures are printed for docs/results/codec.md. */
class SliceAcceptanceTest {
    private static final double[] SCALES = LaplaceTables.logSpaced(CodecModel.SCALES, 0.05, 64);

    /** One expert whose hyper-synthesis says the same for every value: mean 0, one Laplace row. */
    private static CodecModel flat(int tokenWidth, int row, OperatingStep step) {
        int[] bias = new int[2 * tokenWidth];
        Arrays.fill(bias, tokenWidth, 2 * tokenWidth, 16 * row + 8);
        int[] multiplier = new int[2 * tokenWidth];
        Arrays.fill(multiplier, 2);
        byte[] file = new HyperFileWriter(1, 8, new int[]{1, 2 * tokenWidth}, new int[]{1})
                .layer(new byte[2 * tokenWidth], bias, multiplier).toBytes();
        return new CodecModel(RandomCodecModels.tables(1, 1, 1), ReferenceHyperSynthesis.read(ByteBuffer.wrap(file)),
                List.of(step));
    }

    private static TokenLatents laplace(int count, int width, double scale, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] tokens = new float[count * width];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = (float) (scale * RandomCodecModels.laplace(random));
        }
        return new TokenLatents(count, width, tokens, new int[count], new int[count]);
    }

    @Test
    void theErrorIsThatOfAUniformQuantiserAndTheRateThatOfALaplaceSource() {
        for (int row : new int[]{34, 42, 50, 58}) {
            float delta = row / 200f;
            OperatingStep step = new OperatingStep(1, delta, 0);
            CodecModel model = flat(384, row, step);
            SliceCodec codec = new SliceCodec(model, MemoryAccount.process().owner("test"));
            double b = SCALES[row] * delta;
            TokenLatents latents = laplace(100, 384, b, row);
            double error = 0;
            int bytes = 0;
            for (byte[] slice : codec.encode(latents, step, SliceLimits.defaults())) {
                DecodedSlice decoded = codec.decode(slice);
                bytes += slice.length;
                for (int i = 0; i < decoded.values().length; i++) {
                    double e = decoded.values()[i] - latents.value(decoded.firstRank() * 384 + i);
                    error += e * e;
                }
            }
            double mse = error / (100 * 384);
            double rate = codec.codeLength(latents, step).yBits() / (100 * 384);
            double entropy = Math.log(2 * Math.E * b / delta) / Math.log(2);
            System.out.printf(
                    "b/step %.2f step %.2f: mse / (step^2/12) %.4f, ideal %.4f bits, log2(2eb) %.4f, slices %.4f%n",
                    b / delta, delta, mse * 12 / (delta * delta), rate, entropy,
                    bytes * 8.0 / (100 * 384));
            assertEquals(delta * delta / 12, mse, 0.02 * delta * delta / 12);
            // Wide rows spend some of their 65536 counts on symbols that hardly occur.
            assertEquals(entropy, rate, 0.01 * entropy);
        }
    }

    @Test
    void sixteenTokensTakeAtMostFourPerCentMoreThanTheModelsOwnCodeLength() {
        OperatingStep step = new OperatingStep(1, 0.5f, 0);
        for (double row : new double[]{12, 15}) {
            CodecModel model = RandomCodecModels.create(7, 16, 384, 24, row, step);
            SliceCodec codec = new SliceCodec(model, MemoryAccount.process().owner("test"));
            for (int slices : new int[]{1, 2}) {
                double ideal = 0;
                double bytes = 0;
                for (int seed = 0; seed < 20; seed++) {
                    TokenLatents latents = RandomCodecModels.latents(model, step, seed, 16);
                    ideal += codec.idealBits(latents, step) / 8;
                    bytes += codec.encode(latents, step, new SliceLimits(1100, slices)).stream().mapToInt(s -> s.length)
                            .sum();
                }
                System.out.printf("16 tokens, at least %d slices: ideal %.1f bytes, slices %.1f bytes, %.2f %% more%n",
                        slices, ideal / 20, bytes / 20, 100 * (bytes / ideal - 1));
                assertTrue(bytes <= ideal * 1.04);
            }
        }
    }
}
