package dev.tandem.method.tofc.codec;

import dev.tandem.tensor.DType;
import dev.tandem.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What the coder takes of one picture: its tokens, most important first, with the router's and the hyper-analysis'
 * results. Memory and arrays stay the caller's and are only read, until the picture is coded.
 *
 * @param count
 *            tokens, 1..{@value SliceHeader#MAX_TOKENS}
 * @param width
 *            values of one token
 * @param values
 *            float32 [count, width], row major, finite; on the heap or off it
 * @param experts
 *            [count] expert of each token
 * @param z
 *            [count, hyperWidth] hyper-latent symbols; values outside [-127, 127] are saturated when coded
 */
public record TokenLatents(int count, int width, MemorySegment values, int[] experts, int[] z) {
    public TokenLatents {
        if (count < 1 || count > SliceHeader.MAX_TOKENS) {
            throw new IllegalArgumentException(
                    "latents hold [" + count + "] tokens; a picture has 1.." + SliceHeader.MAX_TOKENS);
        }
        if (width < 1 || values.byteSize() != (long) count * width * Float.BYTES || experts.length != count
                || z.length % count != 0) {
            throw new IllegalArgumentException("latents of [" + count + "] tokens of width [" + width + "] hold ["
                    + values.byteSize() / Float.BYTES + "] values, [" + experts.length + "] experts and [" + z.length
                    + "] z symbols");
        }
    }

    /** As the record, with tokens in an array, which is not copied. */
    public TokenLatents(int count, int width, float[] tokens, int[] experts, int[] z) {
        this(count, width, MemorySegment.ofArray(tokens), experts, z);
    }

    /**
     * From the tensors of the graph {@code hyper_analysis}, in memory that the CPU reads: tokens stay where they are;
     * z is rounded half to even and saturated to [-127, 127].
     *
     * @param tokens
     *            float32 [count, width]
     * @param expert
     *            int64 [count]
     * @param z
     *            float32 [count, hyperWidth]
     * @throws IllegalArgumentException
     *             if a z value is NaN or infinite, or types or shapes do not fit
     */
    public static TokenLatents of(Tensor tokens, Tensor expert, Tensor z) {
        MemorySegment values = memory("tokens", tokens, DType.FLOAT32, 2);
        return new TokenLatents((int) Math.min(Integer.MAX_VALUE, tokens.dimension(0)),
                (int) Math.min(Integer.MAX_VALUE, tokens.dimension(1)), values,
                experts(memory("expert", expert, DType.INT64, 1)), symbols(memory("z", z, DType.FLOAT32, 2)));
    }

    /** As {@link #of(Tensor, Tensor, Tensor)}, from arrays; that of the tokens is not copied. */
    public static TokenLatents of(float[] tokens, int width, long[] expert, float[] z) {
        return new TokenLatents(expert.length, width, tokens, experts(MemorySegment.ofArray(expert)),
                symbols(MemorySegment.ofArray(z)));
    }

    private static MemorySegment memory(String what, Tensor tensor, DType dtype, int rank) {
        if (tensor.dtype() != dtype || tensor.rank() != rank || !tensor.kind().hostReadable()) {
            throw new IllegalArgumentException("latents take [" + what + "] as " + dtype + " of [" + rank
                    + "] dimensions in memory that the CPU reads; found " + tensor + " in [" + tensor.kind()
                    + "] memory");
        }
        return tensor.data();
    }

    private static int[] experts(MemorySegment expert) {
        int[] experts = new int[Math.toIntExact(expert.byteSize() / Long.BYTES)];
        for (int i = 0; i < experts.length; i++) {
            experts[i] = Math.toIntExact(expert.getAtIndex(ValueLayout.JAVA_LONG, i));
        }
        return experts;
    }

    private static int[] symbols(MemorySegment z) {
        int[] symbols = new int[Math.toIntExact(z.byteSize() / Float.BYTES)];
        for (int i = 0; i < symbols.length; i++) {
            float value = z.getAtIndex(ValueLayout.JAVA_FLOAT, i);
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException(
                        "hyper-latent value [" + i + "] is [" + value
                                + "]; the hyper-analysis must give finite values");
            }
            symbols[i] = (int) Math.clamp(Math.rint(value), -127, 127);
        }
        return symbols;
    }

    /** One value of one token. */
    float value(int at) {
        return values.getAtIndex(ValueLayout.JAVA_FLOAT, at);
    }

    /** A heap copy of the tokens. */
    public float[] toFloats() {
        return values.toArray(ValueLayout.JAVA_FLOAT);
    }
}
