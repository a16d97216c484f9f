package dev.tandem.method.latent;

import dev.tandem.engine.Binding;
import dev.tandem.engine.Session;
import dev.tandem.foreign.CountedArena;
import dev.tandem.method.Host;
import dev.tandem.method.PackSession;
import dev.tandem.pack.Pack;
import dev.tandem.tensor.DType;
import dev.tandem.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.Map;

/** A rung's encoder graph, bound once to the pixels that all rungs share. Only the thread that made it uses it. */
final class RungEncoder implements AutoCloseable {
    private final Host host;
    private final CountedArena arena;
    private final Session session;
    private final Tensor latent;
    private final Binding binding;

    RungEncoder(Pack pack, Rung rung, Tensor pixels, Host host) {
        this.host = host;
        LatentShape shape = rung.shape(pack);
        arena = CountedArena.confined(host.memory().owner("encoder"));
        Session opened = null;
        try {
            latent = Tensor.allocate(arena, DType.FLOAT32, 1, shape.channels(), shape.height(), shape.width());
            opened = PackSession.open(host.engine(), pack, rung.encoder());
            binding = opened.bind(Map.of("pixel_values", pixels), Map.of("latent", latent));
        } catch (RuntimeException e) {
            if (opened != null) {
                opened.close();
            }
            arena.close();
            throw e;
        }
        session = opened;
    }

    /** The latent map of what the pixels are now, float32 [C,H,W], overwritten by the next call. */
    MemorySegment encode() {
        binding.run();
        return latent.data();
    }

    /** Runs the graph once for another output, which has that shape; a heap copy. */
    float[] run(Tensor pixels, String output, long... shape) {
        try (CountedArena once = CountedArena.confined(host.memory())) {
            Tensor out = Tensor.allocate(once, DType.FLOAT32, shape);
            try (Binding other = session.bind(Map.of("pixel_values", pixels), Map.of(output, out))) {
                other.run();
            }
            return out.toFloats();
        }
    }

    @Override
    public void close() {
        binding.close();
        session.close();
        arena.close();
    }
}
