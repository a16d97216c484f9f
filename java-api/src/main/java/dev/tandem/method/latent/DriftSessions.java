package dev.tandem.method.latent;

import dev.tandem.engine.Binding;
import dev.tandem.engine.Session;
import dev.tandem.foreign.CountedArena;
import dev.tandem.image.Planes;
import dev.tandem.image.RgbImage;
import dev.tandem.method.Host;
import dev.tandem.method.PackSession;
import dev.tandem.method.labels.ClassLogits;
import dev.tandem.task.Label;
import dev.tandem.tensor.DType;
import dev.tandem.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** The two classifiers that tell a restorer's drift, opened. One thread. */
final class DriftSessions implements AutoCloseable {
    private final DriftGraphs graphs;
    private final Host host;
    private final List<String> names;
    private final RungSessions bits;
    private final Session picture;

    DriftSessions(DriftGraphs graphs, Host host) {
        this.graphs = graphs;
        this.host = host;
        names = graphs.against().names();
        bits = new RungSessions(graphs.against().pack(), host, graphs.against().graphs());
        try {
            picture = PackSession.open(host.engine(), graphs.against().pack(), graphs.graph());
        } catch (RuntimeException e) {
            bits.close();
            throw e;
        }
    }

    /** Of a picture that was restored from a map. */
    Drift of(LatentMap map, RgbImage restored) {
        return new Drift(likeliest(seen(restored)),
                likeliest(bits.run(map, "logits", 1, graphs.against().classes())));
    }

    private float[] seen(RgbImage restored) {
        try (CountedArena arena = CountedArena.confined(host.memory())) {
            Tensor pixels = Tensor.allocate(arena, DType.FLOAT32, 1, 3, restored.height(), restored.width());
            Tensor logits = Tensor.allocate(arena, DType.FLOAT32, 1, graphs.against().classes());
            pixels.setFloats(Planes.of(restored));
            try (Binding binding = picture.bind(Map.of("picture", pixels), Map.of("logits", logits))) {
                binding.run();
            }
            return logits.toFloats();
        }
    }

    private Label likeliest(float[] logits) {
        return new ClassLogits(names, logits, 1).best(1).best().getFirst();
    }

    @Override
    public void close() {
        picture.close();
        bits.close();
    }
}
