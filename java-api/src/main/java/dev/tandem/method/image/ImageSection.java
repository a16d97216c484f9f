package dev.tandem.method.image;

import dev.tandem.method.DeviceHalf;
import dev.tandem.method.EdgeHalf;
import dev.tandem.method.GoldenResult;
import dev.tandem.method.Host;
import dev.tandem.method.Point;
import dev.tandem.method.Section;
import dev.tandem.pack.Pack;
import java.util.List;

/**
 * {@code image} in one pack.
 *
 * @param encoder name of the encoder graph, which runs on the edge
 */
record ImageSection(Pack pack, String encoder) implements Section {
    /** The section's fields (docs/pack.md section 3.3). */
    record Fields(String encoder) {}

    static ImageSection of(Pack pack, List<Point> points) {
        Fields fields = pack.checks().read("methods.image", pack.section(ImageMethod.NAME), Fields.class);
        long tokens = pack.checks().graphs().encoder("methods.image.encoder", fields.encoder()).dimension(1);
        int most = ImageKnobs.mostSide(pack.manifest().preprocessing());
        for (Point point : points) {
            ImageKnobs knobs = point.knobs(ImageKnobs.class);
            pack.checks().range("points." + point.name() + ".side", knobs.side(), 0, most);
            knobs.check(pack.checks(), "points." + point.name(), 0, tokens);
        }
        return new ImageSection(pack, fields.encoder());
    }

    @Override
    public List<String> codingFiles() {
        return List.of();
    }

    @Override
    public DeviceHalf device(Host host) {
        return new ImageDevice(pack.manifest().preprocessing(), host.limits());
    }

    @Override
    public EdgeHalf edge(Host host) {
        return new ImageEdge(this, host);
    }

    @Override
    public List<GoldenResult> replay(Host host) {
        return List.of();
    }
}
