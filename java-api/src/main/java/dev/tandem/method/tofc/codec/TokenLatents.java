package dev.tandem.method.tofc.codec;

/**
 * What the coder takes of one picture: its tokens, most important first, with the router's and the hyper-analysis' results. The arrays stay the caller's and are only read.
 *
 * @param count tokens, 1..{@value SliceHeader#MAX_TOKENS}
 * @param width values of one token
 * @param tokens float32 [count, width], row major, finite
 * @param experts [count] expert of each token
 * @param z [count, hyperWidth] hyper-latent symbols; values outside [-127, 127] are saturated when coded
 */
public record TokenLatents(int count, int width, float[] tokens, int[] experts, int[] z) {
    public TokenLatents {
        if (count < 1 || count > SliceHeader.MAX_TOKENS) {
            throw new IllegalArgumentException(
                    "latents hold [" + count + "] tokens; a picture has 1.." + SliceHeader.MAX_TOKENS);
        }
        if (width < 1 || tokens.length != (long) count * width || experts.length != count || z.length % count != 0) {
            throw new IllegalArgumentException("latents of [" + count + "] tokens of width [" + width + "] hold ["
                    + tokens.length + "] values, [" + experts.length + "] experts and ["
                    + z.length + "] z symbols");
        }
    }

    /**
     * From the tensors of the graph {@code hyper_analysis}: z is rounded half to even and saturated to [-127, 127].
     *
     * @param expert int64 [count]
     * @param z float32 [count, hyperWidth]
     * @throws IllegalArgumentException if a z value is NaN or infinite, or the shapes disagree
     */
    public static TokenLatents of(float[] tokens, int width, long[] expert, float[] z) {
        int[] experts = new int[expert.length];
        for (int i = 0; i < experts.length; i++) {
            experts[i] = Math.toIntExact(expert[i]);
        }
        int[] symbols = new int[z.length];
        for (int i = 0; i < z.length; i++) {
            if (!Float.isFinite(z[i])) {
                throw new IllegalArgumentException(
                        "hyper-latent value [" + i + "] is [" + z[i] + "]; the hyper-analysis must give finite values");
            }
            symbols[i] = (int) Math.clamp(Math.rint(z[i]), -127, 127);
        }
        return new TokenLatents(experts.length, width, tokens, experts, symbols);
    }
}
