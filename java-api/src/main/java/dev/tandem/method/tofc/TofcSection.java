package dev.tandem.method.tofc;

import dev.tandem.method.DeviceHalf;
import dev.tandem.method.EdgeHalf;
import dev.tandem.method.GoldenResult;
import dev.tandem.method.Host;
import dev.tandem.method.Point;
import dev.tandem.method.Section;
import dev.tandem.method.tofc.codec.CodecModel;
import dev.tandem.pack.Pack;
import java.util.ArrayList;
import java.util.List;

/** {@code tofc} in one pack. The tables and the network are read when a half is made. */
public final class TofcSection implements Section {
    private final Pack pack;
    private final TofcFields fields;
    private final List<Point> points;
    private final long tokens;

    private TofcSection(Pack pack, TofcFields fields, List<Point> points) {
        this.pack = pack;
        this.fields = fields;
        this.points = points;
        tokens = pack.checks().graphs().encoder("methods.tofc.encoder", fields.encoder()).dimension(1);
    }

    static TofcSection of(Pack pack, List<Point> points) {
        TofcFields fields = TofcFields.read(pack);
        TofcSection section = new TofcSection(pack, fields, points);
        points.forEach(point -> point.knobs(TofcKnobs.class).check(pack.checks(), "points." + point.name(), 1,
                section.tokens));
        fields.golden().forEach(vector -> vector.check(pack.checks(), fields, points));
        return section;
    }

    Pack pack() {
        return pack;
    }

    TofcFields fields() {
        return fields;
    }

    List<Point> points() {
        return points;
    }

    /** Tables, integer network and the step of every point, read and checked now; the caller owns what they hold. */
    public CodecModel codecModel() {
        return CodecFiles.read(this);
    }

    /**
     * The knobs of a point, if its id, step and shift are those of one of the pack's; clusters and slices may differ.
     */
    TofcKnobs knobs(Point point) {
        TofcKnobs knobs = point.knobs(TofcKnobs.class);
        boolean known = points.stream().anyMatch(one -> one.id() == point.id()
                && one.knobs(TofcKnobs.class).step(one.id()).equals(knobs.step(point.id())));
        if (!known || knobs.clusters() < 1) {
            throw new IllegalArgumentException("running tofc at [" + point
                    + "]; needed at least one cluster, and the id, step and scale shift of one of the points of "
                    + pack);
        }
        return knobs;
    }

    @Override
    public List<String> codingFiles() {
        return List.of(fields.tables(), fields.hyper());
    }

    @Override
    public DeviceHalf device(Host host) {
        return new TofcDevice(this, host);
    }

    @Override
    public EdgeHalf edge(Host host) {
        return new TofcEdge(this, host);
    }

    @Override
    public List<GoldenResult> replay(Host host) {
        List<GoldenResult> results = new ArrayList<>();
        fields.golden().forEach(vector -> results.add(GoldenCodec.run(this, host, vector)));
        return results;
    }
}
