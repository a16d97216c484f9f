package dev.tandem.hil.lab.sharing;

import dev.tandem.method.SliceLimits;
import dev.tandem.method.tofc.CodecExample;
import dev.tandem.method.tofc.codec.CodecModel;
import dev.tandem.method.tofc.codec.ReferenceHyperSynthesis;
import dev.tandem.method.tofc.codec.SliceCodec;
import dev.tandem.method.tofc.codec.TokenLatents;
import java.util.Arrays;
import java.util.List;

/**
 * Makes the slice with the most tokens: those that the codec's tables hold for the likeliest, so that each takes a few
 * bytes. Of the experts with the hyper-latents of a golden vector, and none at all, the cheapest is taken, and each
 * value is the mean that the network says.
 */
final class FatSlice {
    /** docs/bitstream.md, section 6. */
    private static final int MOST_TOKENS = 4_096;
    private static final int MOST_BYTES = 65_535;
    private static final int SOME = 8;

    private final CodecExample example;
    private final CodecModel model;
    private final SliceCodec codec;

    private FatSlice(CodecExample example, SliceCodec codec) {
        this.example = example;
        this.model = example.model();
        this.codec = codec;
    }

    /** A slice of the example's point with a right check sum. */
    static byte[] make(CodecExample example) {
        try (SliceCodec codec = SliceCodec.plain(example.model())) {
            return new FatSlice(example, codec).make();
        }
    }

    private byte[] make() {
        TokenLatents best = null;
        int least = Integer.MAX_VALUE;
        for (int expert = 0; expert < model.experts(); expert++) {
            for (int token = -1; token < example.latents().count(); token++) {
                TokenLatents some = copies(expert, token, SOME);
                int bytes = encode(some).stream().mapToInt(slice -> slice.length).sum();
                if (bytes < least) {
                    least = bytes;
                    best = some;
                }
            }
        }
        int count = Math.min(MOST_TOKENS, (int) ((long) SOME * (MOST_BYTES - 64) / least));
        return encode(repeat(best, count)).getFirst();
    }

    private List<byte[]> encode(TokenLatents latents) {
        return codec.encode(latents, example.step(), new SliceLimits(MOST_BYTES, 1));
    }

    /** Token of the golden vector whose hyper-latent is taken; -1: one of zeros. */
    private TokenLatents copies(int expert, int token, int count) {
        int hyperWidth = model.hyperWidth();
        int width = model.tokenWidth();
        int[] z = token < 0
                ? new int[hyperWidth]
                : Arrays.copyOfRange(example.latents().z(), token * hyperWidth, (token + 1) * hyperWidth);
        ReferenceHyperSynthesis hyper = model.hyper();
        int[] mean = new int[width];
        hyper.run(expert, z, 0, mean, new int[width], 0);
        float[] values = new float[width];
        for (int i = 0; i < width; i++) {
            values[i] = (float) Math.scalb((double) mean[i], -hyper.meanFractionBits());
        }
        return repeat(new TokenLatents(1, width, values, new int[]{expert}, z), count);
    }

    private TokenLatents repeat(TokenLatents first, int count) {
        float[] token = Arrays.copyOf(first.toFloats(), model.tokenWidth());
        float[] values = new float[count * token.length];
        int[] z = new int[count * model.hyperWidth()];
        int[] experts = new int[count];
        Arrays.fill(experts, first.experts()[0]);
        for (int i = 0; i < count; i++) {
            System.arraycopy(token, 0, values, i * token.length, token.length);
            System.arraycopy(first.z(), 0, z, i * model.hyperWidth(), model.hyperWidth());
        }
        return new TokenLatents(count, token.length, values, experts, z);
    }
}
