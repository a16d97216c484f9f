package dev.tandem.method.tofc.codec.conformance;

import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.method.latent.BandSlice;
import dev.tandem.method.latent.LatentCodec;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** The group's maps and bands with the plain codec and with the best of this machine. */
final class LatentChecks {
    private LatentChecks() {
    }

    static void check(LatentGroup group) {
        try (LatentCodec best = new LatentCodec(group.tables(), group.shape(), MemoryAccount.process().owner("test"));
                LatentCodec plain = LatentCodec.plain(group.tables(), group.shape())) {
            check(group, best);
            check(group, plain);
        }
    }

    private static void check(LatentGroup group, LatentCodec codec) {
        for (LatentGroup.Coded map : group.maps()) {
            List<byte[]> slices = codec.encode(MemorySegment.ofArray(map.values()), map.point(), map.limits());
            Differences.none("bands of a map", map.slices().toArray(), slices.toArray());
        }
        bands(group.cases(), codec);
        group.cases().forEach(c -> bands(List.of(c), codec));
    }

    /** All at once, so that damaged ones run beside the others. */
    private static void bands(List<LatentGroup.Case> cases, LatentCodec codec) {
        List<BandSlice> opened = new ArrayList<>();
        List<LatentGroup.Case> going = new ArrayList<>();
        for (LatentGroup.Case c : cases) {
            try {
                opened.add(codec.open(c.slice(), c.point(), c.announced()));
                going.add(c);
            } catch (CorruptBitstreamException e) {
                Differences.none(c.name(), c.verdict(), Verdict.of(e));
            }
        }
        codec.decode(opened);
        for (int i = 0; i < going.size(); i++) {
            LatentGroup.Case c = going.get(i);
            Differences.none(c.name(), c.verdict(), Verdict.of(opened.get(i), BandSlice::symbols));
            if (c.verdict().accepted()) {
                Differences.none(c.name(), c.band(), opened.get(i).band());
                Differences.none(c.name(), c.symbols(), opened.get(i).symbols());
            }
        }
    }
}
