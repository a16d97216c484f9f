package dev.tandem.method.patches;

import dev.tandem.engine.Binding;
import dev.tandem.engine.Session;
import dev.tandem.foreign.CountedArena;
import dev.tandem.image.Normalise;
import dev.tandem.image.RgbImage;
import dev.tandem.method.Host;
import dev.tandem.method.PackSession;
import dev.tandem.pack.Preprocessing;
import dev.tandem.tensor.DType;
import dev.tandem.tensor.Tensor;
import dev.tandem.tensor.TensorInfo;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * The device's graph with its buffers: a picture in, logits and what its class token looked at out. Bindings are made
 * at the first use of scores and kept. Only the thread that made it may use and close it.
 */
final class Classifier implements AutoCloseable {
    private final Preprocessing preprocessing;
    private final CountedArena arena;
    private final Session session;
    private final Tensor pixels;
    private final Tensor logits;
    private final Map<Scores, Tensor> looks = new EnumMap<>(Scores.class);
    private final Map<Scores, Binding> bindings = new EnumMap<>(Scores.class);

    Classifier(PatchesSection section, Host host) {
        preprocessing = section.pack().manifest().preprocessing();
        String graph = section.fields().classifier();
        arena = CountedArena.confined(host.memory().owner("classifier"));
        try {
            pixels = Tensor.allocate(arena, DType.FLOAT32, 1, 3, preprocessing.height(), preprocessing.width());
            logits = Tensor.allocate(arena, DType.FLOAT32, 1, section.classes());
            for (Scores scores : Scores.values()) {
                section.pack().graph(graph).output(scores.word()).map(TensorInfo::shape)
                        .ifPresent(shape -> looks.put(scores, Tensor.allocate(arena, DType.FLOAT32, shape)));
            }
            session = PackSession.open(host.engine(), section.pack(), graph);
        } catch (RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    /** Normalises a prepared picture into the graph's input. */
    void put(RgbImage small) {
        Normalise.nchw(small, preprocessing.mean(), preprocessing.deviation(), pixels);
    }

    /** Runs the graph on the picture that was put, for its logits and these scores. */
    void run(Scores scores) {
        bindings.computeIfAbsent(scores, this::bind).run();
    }

    private Binding bind(Scores scores) {
        Map<String, Tensor> outputs = new HashMap<>();
        outputs.put("logits", logits);
        outputs.put(scores.word(), looks.get(scores));
        return session.bind(Map.of("pixel_values", pixels), outputs);
    }

    /** Of the last run; a fresh array. */
    float[] logits() {
        float[] found = logits.toFloats();
        for (float logit : found) {
            if (!Float.isFinite(logit)) {
                throw new IllegalStateException("classifying a picture: a logit of [" + logit
                        + "]; needed a finite number: the classifier graph is damaged");
            }
        }
        return found;
    }

    /** What the last run for these scores looked at, float32 [heads,patches] or [1,patches]; a fresh array. */
    float[] looked(Scores scores) {
        return looks.get(scores).toFloats();
    }

    @Override
    public void close() {
        bindings.values().forEach(Binding::close);
        session.close();
        arena.close();
    }
}
