package dev.tandem.method.tofc;

import dev.tandem.engine.Binding;
import dev.tandem.engine.Session;
import dev.tandem.foreign.CountedArena;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.method.tofc.codec.TokenLatents;
import dev.tandem.tensor.DType;
import dev.tandem.tensor.Tensor;
import java.util.Map;

/** The graph {@code hyper_analysis} bound for one number of tokens: their expert and hyper-latent. */
final class HyperAnalysis implements AutoCloseable {
    private final CountedArena arena;
    private final Tensor tokens;
    private final Tensor expert;
    private final Tensor z;
    private final Binding binding;

    HyperAnalysis(Session session, int count, int width, int hyperWidth, MemoryAccount memory) {
        arena = CountedArena.confined(memory.owner("analysis"));
        tokens = Tensor.allocate(arena, DType.FLOAT32, count, width);
        expert = Tensor.allocate(arena, DType.INT64, count);
        z = Tensor.allocate(arena, DType.FLOAT32, count, hyperWidth);
        try {
            binding = session.bind(Map.of("tokens", tokens), Map.of("expert", expert, "z", z));
        } catch (RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    /** float32 [count,width], to be filled before {@link #analyse}. */
    Tensor tokens() {
        return tokens;
    }

    /** Their latents, which look at {@link #tokens}. */
    TokenLatents analyse() {
        binding.run();
        return TokenLatents.of(tokens, expert, z);
    }

    @Override
    public void close() {
        binding.close();
        arena.close();
    }
}
