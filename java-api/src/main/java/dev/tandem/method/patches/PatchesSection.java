package dev.tandem.method.patches;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.method.DeviceHalf;
import dev.tandem.method.EdgeHalf;
import dev.tandem.method.GoldenResult;
import dev.tandem.method.Host;
import dev.tandem.method.Point;
import dev.tandem.method.Section;
import dev.tandem.method.SelfAnswering;
import dev.tandem.method.Squares;
import dev.tandem.method.labels.ClassNames;
import dev.tandem.method.patches.codec.JpegCode;
import dev.tandem.method.patches.codec.Transform;
import dev.tandem.method.patches.codec.TransformModel;
import dev.tandem.pack.Pack;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code patches} in one pack.
 *
 * @param classes of the device's classifier
 * @param rollout whether that gives one
 */
record PatchesSection(Pack pack, PatchesFields fields, List<Point> points, PatchGrid grid, int classes,
        boolean rollout) implements Section, SelfAnswering {
    @Override
    public List<String> codingFiles() {
        return fields.transform() == null ? List.of(fields.labels()) : List.of(fields.labels(), fields.transform());
    }

    /** A name for each class, in the order of the logits. */
    List<String> names() {
        return ClassNames.read(pack, fields.labels(), classes, fields.classifier());
    }

    /** What is wrong with a point's knobs in this pack, in words; null where nothing is. */
    String misfit(PatchKnobs knobs) {
        if (knobs.rule().counts() && knobs.amount() > grid.count()) {
            return (int) knobs.amount() + " patches; needed at most " + grid.count() + ", those of a picture";
        }
        if (knobs.scores() == Scores.ROLLOUT && !rollout) {
            return "scores by rollout; needed attention, since the classifier of this pack gives no rollout";
        }
        if (knobs.code() == Code.JPEG && grid.side() > JpegCode.BLOCK) {
            return "the code jpeg for patches of " + grid.side() + " pixels; needed another, since a block has "
                    + JpegCode.BLOCK;
        }
        if (knobs.code() == Code.TRANSFORM && fields.transform() == null) {
            return "the code transform; needed another, since this pack has no learned patch codec";
        }
        return null;
    }

    /** The knobs of a point that fits this pack. */
    PatchKnobs require(Point point) {
        PatchKnobs knobs = point.knobs(PatchKnobs.class);
        String misfit = misfit(knobs);
        if (misfit != null) {
            throw new IllegalArgumentException("running the operating point [" + point.name() + "] of " + pack
                    + " with " + misfit);
        }
        return knobs;
    }

    /** Codes of its points, the learned codec read and checked now; the caller closes them. */
    PatchCodes codes(Host host) {
        return new PatchCodes(grid, fields.transform() == null
                ? null
                : new Transform(transform(), host.memory().owner("codec")));
    }

    private TransformModel transform() {
        String path = fields.transform();
        TransformModel model;
        try {
            model = TransformModel.read(ByteBuffer.wrap(pack.bytes(path)));
        } catch (CorruptBitstreamException e) {
            throw pack.checks().file("reading", path, e, "a patch codec as in docs/pack.md section 3.4.1",
                    "export the pack again");
        }
        if (model.side() != grid.side()) {
            throw pack.checks().file("reading", path, "patches of " + model.side() + " pixels",
                    grid.side() + ", as the classifier has", "export the pack again");
        }
        return model;
    }

    @Override
    public Point whole() {
        return new Point(0, "the whole picture", PatchesMethod.NAME, new PatchKnobs(0, Doubt.MIN_ENTROPY,
                Scores.ATTENTION, Rule.SUM, 1, Code.RGB, 0, 0, 0, 0, 0));
    }

    @Override
    public Point sending(Point like, double amount) {
        PatchKnobs knobs = PatchFields.read("points." + like.name(), knobs(like, 0, amount), pack.checks());
        return new Point(0, like.name(), PatchesMethod.NAME, knobs);
    }

    @Override
    public ObjectNode knobs(Point like, double eta, double amount) {
        ObjectNode fields = PatchFields.write(require(like).with(eta, amount));
        PatchFields.read("points." + like.name(), fields, pack.checks());
        return fields;
    }

    @Override
    public DeviceHalf device(Host host) {
        return new PatchesDevice(this, host);
    }

    @Override
    public EdgeHalf edge(Host host) {
        return new PatchesEdge(this, host);
    }

    @Override
    public Optional<Squares> squares() {
        return Optional.of(grid);
    }

    @Override
    public List<GoldenResult> replay(Host host) {
        List<GoldenResult> results = new ArrayList<>();
        try {
            names();
        } catch (RuntimeException e) {
            results.add(GoldenResult.failed("labels", fields.labels(), String.valueOf(e.getMessage())));
        }
        fields.golden().forEach(vector -> results.add(GoldenTransform.run(this, host, vector)));
        return results;
    }
}
