package dev.tandem.method.latent;

import dev.tandem.method.DeviceHalf;
import dev.tandem.method.EdgeHalf;
import dev.tandem.method.GoldenResult;
import dev.tandem.method.Host;
import dev.tandem.method.Point;
import dev.tandem.method.Section;
import dev.tandem.pack.Checks;
import dev.tandem.pack.Pack;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A method in one pack whose points each name a rung: an encoder and tables of its own (docs/pack.md section 3.5).
 * Tables are read when a half is made. Immutable; any thread.
 *
 * @param method its name
 * @param rungs  by name, in the manifest's order
 * @param points of this method; each has {@link RungKnobs}
 */
public record Ladder(Pack pack, String method, Map<String, Rung> rungs, List<LatentVector> golden, List<Point> points)
        implements
            Section {
    private static final int MOST_RUNGS = 32;
    private static final int MOST_VECTORS = 256;

    /** Copies; what is absent is empty. */
    public Ladder {
        rungs = rungs == null ? Map.of() : new LinkedHashMap<>(rungs);
        golden = golden == null ? List.of() : List.copyOf(golden);
        points = List.copyOf(points);
    }

    /**
     * Refuses rungs, points and vectors that cannot be.
     *
     * @return itself
     * @throws dev.tandem.pack.PackException in words
     */
    public Ladder checked() {
        Checks checks = pack.checks();
        checks.count("rungs of " + where(), rungs.size(), 1, MOST_RUNGS);
        rungs.forEach((name, rung) -> {
            checks.name("the name of a rung of " + where(), name);
            checks.present(where() + ".rungs." + name, rung);
            rung.check(pack, where() + ".rungs." + name);
        });
        checks.count("golden vectors of " + where(), golden.size(), 0, MOST_VECTORS);
        for (Point point : points) {
            String rung = point.knobs(RungKnobs.class).rung();
            if (!rungs.containsKey(rung)) {
                throw checks.field("points." + point.name() + ".rung", rung, "one of the rungs " + rungs.keySet());
            }
        }
        golden.forEach(vector -> vector.check(this));
        return this;
    }

    /** Its section in the manifest, for messages. */
    public String where() {
        return "methods." + method;
    }

    /** The rung of a point, which is one of this section's. */
    Rung rung(Point point) {
        return rungs.get(point.knobs(RungKnobs.class).rung());
    }

    /**
     * The knobs of a point, whose number of slices may differ from that of the pack's.
     *
     * @throws IllegalArgumentException if its id and rung are not those of one of the pack's points
     */
    public RungKnobs knobs(Point point) {
        RungKnobs knobs = point.knobs(RungKnobs.class);
        if (points.stream().noneMatch(
                one -> one.id() == point.id() && one.knobs(RungKnobs.class).rung().equals(knobs.rung()))) {
            throw new IllegalArgumentException("running " + method + " at [" + point
                    + "]; needed the id and rung of one of the points of " + pack + ", whose rungs are "
                    + rungs.keySet());
        }
        return knobs;
    }

    /** The rungs that points name, by name. */
    Map<String, Rung> used() {
        Map<String, Rung> used = new LinkedHashMap<>();
        points.forEach(point -> used.put(point.knobs(RungKnobs.class).rung(), rung(point)));
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
        return new LadderDevice(this, host);
    }

    @Override
    public EdgeHalf edge(Host host) {
        return new LadderEdge(this, host);
    }

    @Override
    public List<GoldenResult> replay(Host host) {
        return golden.stream().map(vector -> GoldenLatent.run(this, host, vector)).toList();
    }
}
