package dev.tandem.method.raw;

import dev.tandem.method.DeviceHalf;
import dev.tandem.method.EdgeHalf;
import dev.tandem.method.GoldenResult;
import dev.tandem.method.Host;
import dev.tandem.method.Point;
import dev.tandem.method.Section;
import dev.tandem.pack.Pack;
import dev.tandem.tensor.TensorInfo;
import java.util.List;

/**
 * {@code raw} in one pack.
 *
 * @param encoder name of the encoder graph
 * @param tokens  tokens that it gives
 * @param width   of a token
 */
record RawSection(Pack pack, String encoder, int tokens, int width) implements Section {
    /** The section's fields (docs/pack.md section 3.2). */
    record Fields(String encoder) {}

    static RawSection of(Pack pack, List<Point> points) {
        Fields fields = pack.checks().read("methods.raw", pack.section(RawMethod.NAME), Fields.class);
        TensorInfo shape = pack.checks().graphs().encoder("methods.raw.encoder", fields.encoder());
        points.forEach(point -> point.knobs(RawKnobs.class).check(pack.checks(), "points." + point.name(), 0,
                shape.dimension(1)));
        return new RawSection(pack, fields.encoder(), Math.toIntExact(shape.dimension(1)),
                Math.toIntExact(shape.dimension(2)));
    }

    @Override
    public List<String> codingFiles() {
        return List.of();
    }

    @Override
    public DeviceHalf device(Host host) {
        return new RawDevice(this, host);
    }

    @Override
    public EdgeHalf edge(Host host) {
        return new RawEdge(this);
    }

    @Override
    public List<GoldenResult> replay(Host host) {
        return List.of();
    }
}
