package dev.tandem.method.tokens;

import dev.tandem.cluster.TokenClusterer;
import dev.tandem.engine.Binding;
import dev.tandem.engine.Session;
import dev.tandem.foreign.CountedArena;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.image.Normalise;
import dev.tandem.image.RgbImage;
import dev.tandem.method.Host;
import dev.tandem.method.PackSession;
import dev.tandem.method.Prepare;
import dev.tandem.method.Stopwatch;
import dev.tandem.pack.Pack;
import dev.tandem.pack.Preprocessing;
import dev.tandem.tensor.DType;
import dev.tandem.tensor.Tensor;
import dev.tandem.tensor.TensorInfo;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;

/**
 * A pack's encoder graph with its buffers, bound once: a picture in, tokens out. Used by the device half of every token
 * method and by the edge half of {@code image}. Only the thread that made it may use and close it.
 */
public final class VisionEncoder implements AutoCloseable {
    private final Preprocessing preprocessing;
    private final MemoryAccount memory;
    private final CountedArena arena;
    private final Session session;
    private final Tensor pixels;
    private final Tensor hidden;
    private final Binding binding;
    private final float[] tokens;

    /** Opens the graph; the engine stays the host's. */
    public VisionEncoder(Pack pack, String graph, Host host) {
        preprocessing = pack.manifest().preprocessing();
        TensorInfo hiddenState = pack.graph(graph).output("last_hidden_state").orElseThrow();
        memory = host.memory().owner("encoder");
        arena = CountedArena.confined(memory);
        Session opened = null;
        try {
            pixels = Tensor.allocate(arena, DType.FLOAT32, 1, 3, preprocessing.height(), preprocessing.width());
            hidden = Tensor.allocate(arena, DType.FLOAT32, 1, hiddenState.dimension(1), hiddenState.dimension(2));
            tokens = new float[Math.toIntExact(hidden.elements())];
            opened = PackSession.open(host.engine(), pack, graph);
            binding = opened.bind(Map.of("pixel_values", pixels), Map.of("last_hidden_state", hidden));
        } catch (RuntimeException e) {
            closeQuietly(opened);
            throw e;
        }
        session = opened;
    }

    /** Tokens of a picture before merging. */
    public int count() {
        return (int) hidden.dimension(1);
    }

    /** Width of a token. */
    public int width() {
        return (int) hidden.dimension(2);
    }

    /** float32 [count,width] of the picture encoded last, where the graph wrote them. */
    public Tensor tokens() {
        return hidden.reshape(count(), width());
    }

    /** The tokens of the picture encoded last merged into fewer, float32 [clusters,width]; the caller's. */
    public float[] merged(TokenClusterer clusterer, int clusters, int neighbours) {
        try (CountedArena passing = CountedArena.confined(memory)) {
            Tensor merged = Tensor.allocate(passing, DType.FLOAT32, clusters, width());
            clusterer.cluster(tokens(), clusters, neighbours, merged);
            return merged.toFloats();
        }
    }

    /**
     * Encodes one picture, marking the stages {@code prepare} and {@code encoder}.
     *
     * @return float32 [count,width] in raster order; the array is this object's and is overwritten by the next call
     */
    public float[] encode(RgbImage image, Stopwatch stages) {
        return encodePrepared(Prepare.resize(image, preprocessing), stages);
    }

    /** As {@link #encode}, of a picture that has the input's size already. */
    public float[] encodePrepared(RgbImage small, Stopwatch stages) {
        Normalise.nchw(small, preprocessing.mean(), preprocessing.deviation(), pixels);
        stages.mark("prepare");
        binding.run();
        MemorySegment.copy(hidden.data(), ValueLayout.JAVA_FLOAT, 0, tokens, 0, tokens.length);
        stages.mark("encoder");
        return tokens;
    }

    @Override
    public void close() {
        binding.close();
        session.close();
        arena.close();
    }

    private void closeQuietly(Session opened) {
        if (opened != null) {
            opened.close();
        }
        arena.close();
    }
}
