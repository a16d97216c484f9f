package dev.tandem.method.tokens;

import dev.tandem.engine.Binding;
import dev.tandem.engine.Session;
import dev.tandem.foreign.CountedArena;
import dev.tandem.method.Head;
import dev.tandem.method.Host;
import dev.tandem.method.PackSession;
import dev.tandem.method.Reading;
import dev.tandem.method.labels.ClassLogits;
import dev.tandem.method.labels.LabelReading;
import dev.tandem.tensor.DType;
import dev.tandem.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** The graph of a labelling head. A reading runs it once; labels are chosen from its logits. */
final class LabelHead implements Head<TokenSet> {
    private final LabelSection section;
    private final List<String> names;
    private final Host host;
    private final Session session;

    LabelHead(LabelSection section, Host host) {
        this.section = section;
        this.host = host;
        names = section.names();
        session = PackSession.open(host.engine(), section.pack(), section.graph());
    }

    @Override
    public Reading read(TokenSet evidence, BooleanSupplier cancelled) {
        if (evidence == null || evidence.width() != section.width()) {
            throw new IllegalArgumentException("labelling with the head " + section.name() + " from ["
                    + (evidence == null ? "no picture" : "tokens of width " + evidence.width())
                    + "]; needed a picture's tokens of width " + section.width());
        }
        long start = System.nanoTime();
        float[] logits;
        try (CountedArena arena = CountedArena.confined(host.memory())) {
            Tensor tokens = Tensor.allocate(arena, DType.FLOAT32, 1, evidence.count(), evidence.width());
            Tensor out = Tensor.allocate(arena, DType.FLOAT32, 1, names.size());
            tokens.setFloats(evidence.values());
            try (Binding binding = session.bind(Map.of("tokens", tokens), Map.of("logits", out))) {
                binding.run();
            }
            logits = out.toFloats();
        }
        return new LabelReading(new ClassLogits(names, logits, 1), System.nanoTime() - start);
    }

    @Override
    public void close() {
        session.close();
    }
}
