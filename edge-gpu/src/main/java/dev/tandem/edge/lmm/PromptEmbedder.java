package dev.tandem.edge.lmm;

import dev.tandem.engine.Binding;
import dev.tandem.engine.Session;
import dev.tandem.method.tokens.TokenSet;
import dev.tandem.tensor.DType;
import dev.tandem.tensor.Tensor;
import dev.tandem.tensor.TensorInfo;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;

/**
 * Splices a prompt: text tokens through {@code embed_tokens} and picture tokens through {@code projector}, each written
 * by its graph straight to its place in one off-heap row of embeddings [1,n,hidden].
 */
final class PromptEmbedder implements AutoCloseable {
    private final DecoderLayout layout;
    private final int capacity;
    private final Tensor ids;
    private final Tensor embeds;
    private final Binding embedding;
    private final Tensor features;
    private final Binding projection;
    private int length;

    /**
     * The arena and the sessions stay the caller's.
     *
     * @param projector
     *            null for a model that only reads text
     */
    PromptEmbedder(Session embedTokens, Session projector, DecoderLayout layout, Arena arena, int capacity) {
        this.layout = layout;
        this.capacity = capacity;
        ids = Tensor.allocate(arena, DType.INT64, 1, capacity);
        embeds = Tensor.allocate(arena, layout.embedsType(), 1, capacity, layout.hidden());
        embedding = embedTokens.bind(Map.of("input_ids", ids.prefix(1, 1)), Map.of("inputs_embeds", place(0, 1)));
        features = projector == null ? null : Tensor.allocate(arena, DType.FLOAT32, 1, capacity, width(projector));
        projection = projector == null
                ? null
                : projector.bind(Map.of("tokens", features.prefix(1, 1, features.dimension(2))),
                        Map.of("image_features", place(0, 1)));
    }

    private static long width(Session projector) {
        TensorInfo tokens = projector.inputs().get(0);
        long[] shape = tokens.shape();
        if (!tokens.name().equals("tokens") || shape.length != 3 || shape[2] < 1) {
            throw new IllegalArgumentException("cannot use the projector graph: its input is [" + tokens
                    + "]; needed tokens [1,n,width] with a fixed width");
        }
        return shape[2];
    }

    /** Forgets the prompt. */
    PromptEmbedder clear() {
        length = 0;
        return this;
    }

    /** Positions at most. */
    int capacity() {
        return capacity;
    }

    /** Positions so far. */
    int length() {
        return length;
    }

    /** Appends text tokens. */
    PromptEmbedder text(long... tokens) {
        if (tokens.length == 0) {
            return this;
        }
        Tensor target = grow(tokens.length, "text");
        MemorySegment.copy(tokens, 0, ids.data(), ValueLayout.JAVA_LONG, 0, tokens.length);
        embedding.rebindInput("input_ids", ids.prefix(1, tokens.length));
        embedding.rebindOutput("inputs_embeds", target);
        embedding.run();
        return this;
    }

    /** Appends a picture's tokens. */
    PromptEmbedder picture(TokenSet tokens) {
        if (projection == null) {
            throw new IllegalArgumentException("cannot look at a picture: the pack has no [projector] graph");
        }
        if (tokens.width() != features.dimension(2)) {
            throw new IllegalArgumentException("cannot project tokens of width [" + tokens.width()
                    + "]: the projector takes [" + features.dimension(2) + "]; both ends need the same pack");
        }
        if (tokens.count() == 0) {
            return this;
        }
        Tensor target = grow(tokens.count(), "picture");
        MemorySegment.copy(tokens.values(), 0, features.data(), ValueLayout.JAVA_FLOAT, 0,
                tokens.count() * tokens.width());
        projection.rebindInput("tokens", features.prefix(1, tokens.count(), tokens.width()));
        projection.rebindOutput("image_features", target);
        projection.run();
        return this;
    }

    /** Embeddings of {@code count} positions from {@code start} on; valid until the prompt is cleared and rewritten. */
    Tensor place(int start, int count) {
        long position = (long) layout.hidden() * layout.embedsType().bytes();
        return Tensor.wrap(embeds.data().asSlice(start * position, count * position), layout.embedsType(), 1, count,
                layout.hidden());
    }

    long bytes() {
        return ids.byteSize() + embeds.byteSize() + (features == null ? 0 : features.byteSize());
    }

    private Tensor grow(int count, String what) {
        if (count > capacity - length) {
            throw new IllegalArgumentException("cannot put [" + count + "] more " + what + " tokens behind [" + length
                    + "]: the language model takes at most [" + capacity
                    + "] (maxTokens); shorten the question or use an operating point with fewer clusters");
        }
        Tensor target = place(length, count);
        length += count;
        return target;
    }

    @Override
    public void close() {
        embedding.close();
        if (projection != null) {
            projection.close();
        }
    }
}
