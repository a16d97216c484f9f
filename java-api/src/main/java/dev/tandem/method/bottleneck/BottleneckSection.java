package dev.tandem.method.bottleneck;

import dev.tandem.method.DeviceHalf;
import dev.tandem.method.EdgeHalf;
import dev.tandem.method.GoldenResult;
import dev.tandem.method.Host;
import dev.tandem.method.Point;
import dev.tandem.method.Section;
import dev.tandem.method.latent.LatentCodec;
import dev.tandem.pack.Pack;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code bottleneck} in one pack. Tables are read when a half is made. */
record BottleneckSection(Pack pack, BottleneckFields fields, List<Point> points) implements Section {
    static BottleneckSection of(Pack pack, List<Point> points) {
        BottleneckFields fields = BottleneckFields.read(pack);
        BottleneckSection section = new BottleneckSection(pack, fields, points);
        for (Point point : points) {
            String rung = point.knobs(BottleneckKnobs.class).rung();
            if (!fields.rungs().containsKey(rung)) {
                throw pack.checks().field("points." + point.name() + ".rung", rung,
                        "one of the rungs " + fields.rungs().keySet());
            }
        }
        fields.golden().forEach(vector -> vector.check(section));
        return section;
    }

    /** The rung of a point, which is one of this section's. */
    Rung rung(Point point) {
        return fields.rungs().get(point.knobs(BottleneckKnobs.class).rung());
    }

    /** The knobs of a point, if its id and rung are those of one of the pack's; the number of slices may differ. */
    BottleneckKnobs knobs(Point point) {
        BottleneckKnobs knobs = point.knobs(BottleneckKnobs.class);
        if (points.stream().noneMatch(one -> one.id() == point.id()
                && one.knobs(BottleneckKnobs.class).rung().equals(knobs.rung()))) {
            throw new IllegalArgumentException("running bottleneck at [" + point
                    + "]; needed the id and rung of one of the points of " + pack + ", whose rungs are "
                    + fields.rungs().keySet());
        }
        return knobs;
    }

    /** The rungs that points name, by name. */
    Map<String, Rung> used() {
        Map<String, Rung> used = new LinkedHashMap<>();
        points.forEach(point -> used.put(point.knobs(BottleneckKnobs.class).rung(), rung(point)));
        return used;
    }

    /** A codec for each rung that a point names; the caller closes them. */
    Map<String, LatentCodec> codecs(Host host) {
        Map<String, LatentCodec> codecs = new LinkedHashMap<>();
        try {
            used().forEach((name, rung) -> codecs.put(name, rung.codec(pack, host.memory())));
            return codecs;
        } catch (RuntimeException e) {
            codecs.values().forEach(LatentCodec::close);
            throw e;
        }
    }

    /** By point, so that their order says which rung each point means. */
    @Override
    public List<String> codingFiles() {
        return points.stream().map(point -> rung(point).tables()).toList();
    }

    @Override
    public DeviceHalf device(Host host) {
        return new BottleneckDevice(this, host);
    }

    @Override
    public EdgeHalf edge(Host host) {
        return new BottleneckEdge(this, host);
    }

    @Override
    public List<GoldenResult> replay(Host host) {
        return fields.golden().stream().map(vector -> GoldenLatent.run(this, host, vector)).toList();
    }
}
