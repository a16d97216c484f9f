package dev.tandem.method.patches;

import dev.tandem.engine.Binding;
import dev.tandem.engine.Session;
import dev.tandem.foreign.CountedArena;
import dev.tandem.image.Normalise;
import dev.tandem.image.RgbImage;
import dev.tandem.method.Head;
import dev.tandem.method.Host;
import dev.tandem.method.PackSession;
import dev.tandem.method.Reading;
import dev.tandem.method.labels.ClassLogits;
import dev.tandem.method.labels.LabelReading;
import dev.tandem.pack.Preprocessing;
import dev.tandem.task.Task;
import dev.tandem.tensor.DType;
import dev.tandem.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** The graph of a head that classifies from patches. A reading runs it once, on as many patches as came. */
final class PatchLabelHead implements Head<PatchSet> {
    private final PatchLabelSection section;
    private final Preprocessing preprocessing;
    private final List<String> names;
    private final Host host;
    private final Session session;

    PatchLabelHead(PatchLabelSection section, Host host) {
        this.section = section;
        this.host = host;
        preprocessing = section.pack().manifest().preprocessing();
        names = section.names();
        session = PackSession.open(host.engine(), section.pack(), section.settings().graph());
    }

    @Override
    public void check(PatchSet evidence, Task task) {
        if (evidence == null || !evidence.grid().equals(section.grid())) {
            throw new IllegalArgumentException("labelling with the head " + section.name() + " from ["
                    + (evidence == null ? "no picture" : "patches of " + evidence.grid()) + "]; needed a picture's "
                    + "patches of " + section.grid());
        }
        if (evidence.fuse() > 0 && !section.sameClasses()) {
            throw new IllegalArgumentException("fusing the device's guess, with weight [" + evidence.fuse()
                    + "], into the answer of the head " + section.name() + ": its classes are others than the "
                    + "device's; needed an operating point without fuse");
        }
    }

    @Override
    public Reading read(PatchSet evidence, BooleanSupplier cancelled) {
        check(evidence, null);
        long start = System.nanoTime();
        ClassLogits logits = new ClassLogits(names, run(evidence), section.settings().temperature());
        if (evidence.fuse() > 0) {
            logits = new ClassLogits(names, evidence.guess().fused(logits.probabilities(), evidence.fuse()), 1);
        }
        return new LabelReading(logits, System.nanoTime() - start);
    }

    private float[] run(PatchSet evidence) {
        int count = evidence.used();
        int side = section.grid().side();
        try (CountedArena arena = CountedArena.confined(host.memory())) {
            Tensor patches = Tensor.allocate(arena, DType.FLOAT32, 1, count, section.grid().bytes());
            Tensor positions = Tensor.allocate(arena, DType.INT64, 1, count);
            Tensor out = Tensor.allocate(arena, DType.FLOAT32, 1, names.size());
            positions.setLongs(Arrays.stream(evidence.positions()).asLongStream().toArray());
            long bytes = (long) section.grid().bytes() * Float.BYTES;
            for (int i = 0; i < count; i++) {
                Normalise.nchw(new RgbImage(side, side, evidence.rgb()[i]), preprocessing.mean(),
                        preprocessing.deviation(), Tensor.wrap(patches.data().asSlice(i * bytes, bytes),
                                DType.FLOAT32, 1, 3, side, side));
            }
            try (Binding binding = session.bind(Map.of("patches", patches, "positions", positions),
                    Map.of("logits", out))) {
                binding.run();
            }
            return out.toFloats();
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
