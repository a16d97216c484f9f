package dev.tandem.method.squeeze;

import dev.tandem.method.DeviceHalf;
import dev.tandem.method.EdgeHalf;
import dev.tandem.method.GoldenResult;
import dev.tandem.method.Host;
import dev.tandem.method.Point;
import dev.tandem.method.Section;
import dev.tandem.method.latent.Ladder;
import dev.tandem.method.latent.LatentVector;
import dev.tandem.method.latent.Rung;
import dev.tandem.pack.Pack;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code squeeze} in one pack: a ladder whose encoders make a small picture each. */
record SqueezeSection(Ladder ladder, Map<String, SqueezeRung> rungs) implements Section {
    /** {@code methods.squeeze} of the manifest (docs/pack.md section 3.6). */
    record Fields(Map<String, SqueezeRung> rungs, List<LatentVector> golden) {}

    static SqueezeSection of(Pack pack, List<Point> points) {
        Fields fields = pack.checks().read("methods." + SqueezeMethod.NAME, pack.section(SqueezeMethod.NAME),
                Fields.class);
        Map<String, SqueezeRung> rungs = fields.rungs() == null ? Map.of() : fields.rungs();
        Map<String, Rung> plain = new LinkedHashMap<>();
        rungs.forEach((name, rung) -> plain.put(name, rung == null ? null : rung.rung()));
        Ladder ladder = new Ladder(pack, SqueezeMethod.NAME, plain, fields.golden(), points).checked();
        rungs.forEach((name, rung) -> rung.check(pack, ladder.where() + ".rungs." + name));
        return new SqueezeSection(ladder, rungs);
    }

    /** How much smaller the small picture of a point is. */
    int scale(Point point) {
        return rungs.get(ladder.knobs(point).rung()).scale();
    }

    @Override
    public List<String> codingFiles() {
        return ladder.codingFiles();
    }

    @Override
    public DeviceHalf device(Host host) {
        return new SqueezeDevice(this, host);
    }

    @Override
    public EdgeHalf edge(Host host) {
        return ladder.edge(host);
    }

    @Override
    public List<GoldenResult> replay(Host host) {
        return ladder.replay(host);
    }
}
