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
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** The graph of a head that classifies from patches. It runs once for a picture, on as many patches as came, and once for several pictures of
 * equally many. */
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
        return readTogether(List.of(evidence)).getFirst();
    }

    /** As many patches are as many tokens; where they lie may differ. */
    @Override
    public Object alike(PatchSet evidence) {
        return evidence.used();
    }

    @Override
    public List<Reading> readTogether(List<PatchSet> evidence) {
        long start = System.nanoTime();
        float[] all = run(evidence);
        long nanos = System.nanoTime() - start;
        List<Reading> readings = new ArrayList<>();
        for (int i = 0; i < evidence.size(); i++) {
            float[] own = Arrays.copyOfRange(all, i * names.size(), (i + 1) * names.size());
            readings.add(new LabelReading(logits(own, evidence.get(i)), i == 0 ? nanos : 0));
        }
        return readings;
    }

    private ClassLogits logits(float[] found, PatchSet evidence) {
        ClassLogits logits = new ClassLogits(names, found, section.settings().temperature());
        return evidence.fuse() > 0
                ? new ClassLogits(names, evidence.guess().fused(logits.probabilities(), evidence.fuse()), 1)
                : logits;
    }

    /** Logits of one after the other. */
    private float[] run(List<PatchSet> evidence) {
        int many = evidence.size();
        int count = evidence.getFirst().used();
        long bytes = (long) count * section.grid().bytes() * Float.BYTES;
        try (CountedArena arena = CountedArena.confined(host.memory())) {
            Tensor patches = Tensor.allocate(arena, DType.FLOAT32, many, count, section.grid().bytes());
            Tensor positions = Tensor.allocate(arena, DType.INT64, many, count);
            Tensor out = Tensor.allocate(arena, DType.FLOAT32, many, names.size());
            positions.setLongs(evidence.stream().flatMapToInt(set -> Arrays.stream(set.positions())).asLongStream()
                    .toArray());
            for (int i = 0; i < many; i++) {
                put(evidence.get(i), patches.data().asSlice(i * bytes, bytes));
            }
            try (Binding binding = session.bind(Map.of("patches", patches, "positions", positions),
                    Map.of("logits", out))) {
                binding.run();
            }
            return out.toFloats();
        }
    }

    private void put(PatchSet evidence, MemorySegment into) {
        int side = section.grid().side();
        long bytes = (long) section.grid().bytes() * Float.BYTES;
        for (int i = 0; i < evidence.used(); i++) {
            Normalise.nchw(new RgbImage(side, side, evidence.rgb()[i]), preprocessing.mean(),
                    preprocessing.deviation(), Tensor.wrap(into.asSlice(i * bytes, bytes),
                            DType.FLOAT32, 1, 3, side, side));
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
