package dev.tandem.method.patches;

import dev.tandem.image.RgbImage;
import dev.tandem.method.DeviceHalf;
import dev.tandem.method.Host;
import dev.tandem.method.Look;
import dev.tandem.method.Need;
import dev.tandem.method.Point;
import dev.tandem.method.Prepare;
import dev.tandem.method.Slice;
import dev.tandem.method.SliceLimits;
import dev.tandem.method.Stopwatch;
import dev.tandem.method.labels.ClassLogits;
import dev.tandem.method.patches.codec.PatchCode;
import dev.tandem.pack.Preprocessing;
import dev.tandem.task.Part;
import dev.tandem.task.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Device half of {@code patches}: classifies, and sends the patches that were looked at where it isn't sure. Stages:
 * {@code prepare}, {@code classify}, {@code choose}, {@code coding}; the last two where something is sent.
 */
final class PatchesDevice implements DeviceHalf {
    private final PatchesSection section;
    private final Preprocessing preprocessing;
    private final SliceLimits limits;
    private final List<String> names;
    private final PatchCodes codes;
    private final Classifier classifier;
    private final Map<PatchKnobs.Coding, PatchCode> byCoding = new HashMap<>();

    PatchesDevice(PatchesSection section, Host host) {
        this.section = section;
        preprocessing = section.pack().manifest().preprocessing();
        limits = host.limits();
        names = section.names();
        codes = section.codes(host);
        try {
            classifier = new Classifier(section, host);
        } catch (RuntimeException e) {
            codes.close();
            throw e;
        }
    }

    @Override
    public Look look(RgbImage picture, Point point, Task task) {
        PatchKnobs knobs = section.require(point);
        if (!(task instanceof Task.Classify classify)) {
            throw new IllegalArgumentException("looking at a picture at the operating point " + point.name() + " for ["
                    + task.word() + "]; needed classify, since the method " + PatchesMethod.NAME
                    + " knows classes only: name a point of another method");
        }
        Stopwatch stages = new Stopwatch();
        RgbImage small = Prepare.resize(picture, preprocessing);
        classifier.put(small);
        stages.mark("prepare");
        classifier.run(knobs.scores());
        ClassLogits logits = new ClassLogits(names, classifier.logits(), section.fields().temperature());
        List<Part> own = List.of(logits.best(classify.top()));
        boolean sure = knobs.doubt().sure(logits.probabilities(), knobs.eta());
        stages.mark("classify");
        if (sure) {
            return new Look.Here(own, stages.nanos());
        }
        double[] scores = Scores.of(classifier.looked(knobs.scores()), section.grid().count());
        int[] chosen = Selection.of(knobs.rule(), scores, knobs.amount(), seed(small));
        stages.mark("choose");
        List<Slice> slices = new ArrayList<>();
        slices.add(new Slice(0, 0, map(chosen, point, knobs, logits).write()));
        byte[][] patches = Arrays.stream(chosen).mapToObj(i -> section.grid().cut(small, i)).toArray(byte[][]::new);
        PatchCode code = byCoding.computeIfAbsent(knobs.coding(), codes::of);
        for (byte[] slice : new PatchSlicer(chosen, code.coded(patches), limits).slices()) {
            slices.add(new Slice(slices.size(), 0, slice));
        }
        stages.mark("coding");
        return new Look.Send(slices, 1, Need.FIRST, chosen.length, own, stages.nanos());
    }

    private static PatchMap map(int[] chosen, Point point, PatchKnobs knobs, ClassLogits logits) {
        BitSet map = new BitSet();
        Arrays.stream(chosen).forEach(map::set);
        return new PatchMap(point.id(), knobs.code(), Guess.of(logits, knobs.guess()), map);
    }

    /** Of chance: the same picture gives the same patches. */
    private static long seed(RgbImage small) {
        CRC32C seed = new CRC32C();
        seed.update(small.rgb());
        return seed.getValue();
    }

    @Override
    public void close() {
        classifier.close();
        codes.close();
    }
}
