package dev.tandem.method.latent;

import dev.tandem.pack.Checks;
import dev.tandem.pack.HeadSpec;
import dev.tandem.pack.Pack;
import dev.tandem.pack.Preprocessing;
import dev.tandem.pack.ShapeRule;
import dev.tandem.tensor.DType;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What tells the drift of a restorer (docs/pack.md section 5.5).
 *
 * @param graph   f32 [1,3,height,width] picture to f32 [1,classes] logits
 * @param against the head that reads the same bits, of the same classes
 */
record DriftGraphs(String graph, LatentLabelSection against) {
    private static final String TOGETHER = "drift, labels and against together, or none of them";

    /** Empty where the settings have none of the three fields. */
    static Optional<DriftGraphs> of(Pack pack, String where, LatentPictureSection.Settings settings) {
        Checks checks = pack.checks();
        long there = Stream.of(settings.drift(), settings.labels(), settings.against())
                .mapToInt(field -> field == null ? 0 : 1).sum();
        if (there == 0) {
            return Optional.empty();
        }
        if (there < 3) {
            throw checks.field(where, "drift " + settings.drift() + ", labels " + settings.labels() + ", against "
                    + settings.against(), TOGETHER);
        }
        LatentLabelSection against = against(pack, where, settings.against());
        Preprocessing size = pack.manifest().preprocessing();
        checks.graphs().named(where + ".drift", settings.drift());
        checks.graphs().inputs(settings.drift(), Set.of("picture"), Set.of());
        checks.graphs().input(settings.drift(), "picture",
                new ShapeRule(DType.FLOAT32, 1, 3, size.height(), size.width()));
        checks.graphs().output(settings.drift(), "logits", new ShapeRule(DType.FLOAT32, 1, against.classes()));
        String own = checks.listed(where + ".labels", settings.labels()).sha256();
        if (!own.equals(checks.listed(where + ".against", against.labels()).sha256())) {
            throw checks.field(where + ".labels", settings.labels(), "the same bytes as " + against.labels()
                    + " of the head " + against.name() + ", since classes are compared by number");
        }
        return Optional.of(new DriftGraphs(settings.drift(), against));
    }

    private static LatentLabelSection against(Pack pack, String where, String name) {
        HeadSpec head = pack.manifest().heads().stream()
                .filter(one -> one.name().equals(name) && one.kind().equals(LatentLabelKind.KIND)).findFirst()
                .orElseThrow(() -> pack.checks().field(where + ".against", name,
                        "one of the heads of kind " + LatentLabelKind.KIND + ", "
                                + pack.manifest().heads().stream()
                                        .filter(one -> one.kind().equals(LatentLabelKind.KIND)).map(HeadSpec::name)
                                        .toList()));
        return LatentLabelSection.of(head, pack);
    }
}
