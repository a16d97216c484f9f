package dev.tandem.method.latent;

import dev.tandem.method.GoldenResult;
import dev.tandem.method.Head;
import dev.tandem.method.HeadLimits;
import dev.tandem.method.HeadSection;
import dev.tandem.method.Host;
import dev.tandem.pack.HeadSpec;
import dev.tandem.pack.Pack;
import dev.tandem.pack.Preprocessing;
import dev.tandem.pack.ShapeRule;
import dev.tandem.task.Task;
import dev.tandem.tensor.DType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A restorer of a pack as a head.
 *
 * @param graphs    f32 [1,C,h,w] latent to f32 [1,3,height,width] picture of the pack's preprocessing, values 0 to 1
 * @param synthetic whether it makes up what the bits do not hold; its pictures are marked then
 * @param drift     what tells whether its pictures show something else than the bits
 */
record LatentPictureSection(Pack pack, String name, RungGraphs graphs, boolean synthetic, Optional<DriftGraphs> drift)
        implements
            HeadSection<LatentMap> {
    /** {@code settings} of the manifest (docs/pack.md section 5.5). */
    record Settings(String graph, Map<String, String> rungs, boolean synthetic, String drift, String labels,
            String against) {}

    static LatentPictureSection of(HeadSpec head, Pack pack) {
        String where = "heads." + head.name() + ".settings";
        Settings settings = pack.checks().read(where, head.settings(), Settings.class);
        pack.checks().graphs().named(where + ".graph", settings.graph());
        Preprocessing size = pack.manifest().preprocessing();
        RungGraphs graphs = new RungGraphs(settings.graph(), settings.rungs());
        graphs.check(pack, where + ".graph", "picture",
                new ShapeRule(DType.FLOAT32, 1, 3, size.height(), size.width()));
        return new LatentPictureSection(pack, head.name(), graphs, settings.synthetic(),
                DriftGraphs.of(pack, where, settings));
    }

    @Override
    public Class<LatentMap> reads() {
        return LatentMap.class;
    }

    @Override
    public Set<Class<? extends Task>> answers() {
        return Set.of(Task.Preview.class);
    }

    @Override
    public Head<LatentMap> open(Host host, HeadLimits limits) {
        return new LatentPictureHead(this, host);
    }

    /** Its golden vectors are those of its graphs. */
    @Override
    public List<GoldenResult> replay(Host host) {
        drift.ifPresent(graphs -> graphs.against().names());
        return List.of();
    }
}
