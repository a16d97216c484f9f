package dev.tandem.method.tofc.codec.conformance;

import dev.tandem.entropy.CdfTables;
import dev.tandem.method.SliceLimits;
import dev.tandem.method.latent.LatentShape;
import java.util.ArrayList;
import java.util.List;

/** One factorised prior with maps that it codes and bands that it reads or refuses: {@code latents.bin}. */
record LatentGroup(String name, CdfTables tables, LatentShape shape, List<Coded> maps, List<Case> cases) {
    static final String FILE = "latents.bin";
    private static final String KIND = "latents";

    /** What an encoder is given and must give. */
    record Coded(int point, SliceLimits limits, float[] values, List<byte[]> slices) {}

    /** A slice and what a decoder must give: no symbols where it must refuse. */
    record Case(String name, int point, int announced, byte[] slice, Verdict verdict, int band, int[] symbols) {}

    static byte[] write(List<LatentGroup> groups) {
        CaseWriter out = new CaseWriter(KIND).number(groups.size());
        for (LatentGroup group : groups) {
            out.text(group.name).tables(group.tables).number(group.shape.height()).number(group.shape.width())
                    .number(group.maps.size());
            for (Coded map : group.maps) {
                out.number(map.point).number(map.limits.payloadBytes()).number(map.limits.minSlices())
                        .floats(map.values).number(map.slices.size());
                map.slices.forEach(out::bytes);
            }
            out.number(group.cases.size());
            for (Case c : group.cases) {
                out.text(c.name).number(c.point).number(c.announced).bytes(c.slice);
                c.verdict.write(out);
                if (c.verdict.accepted()) {
                    out.number(c.band).ints(c.symbols);
                }
            }
        }
        return out.toBytes();
    }

    static List<LatentGroup> read(byte[] file) {
        CaseReader in = new CaseReader(file, KIND);
        List<LatentGroup> groups = new ArrayList<>();
        for (int g = in.number(); g > 0; g--) {
            String name = in.text();
            CdfTables tables = in.tables();
            LatentShape shape = new LatentShape(tables.rows(), in.number(), in.number());
            List<Coded> maps = new ArrayList<>();
            for (int m = in.number(); m > 0; m--) {
                maps.add(map(in));
            }
            List<Case> cases = new ArrayList<>();
            for (int c = in.number(); c > 0; c--) {
                cases.add(band(in));
            }
            groups.add(new LatentGroup(name, tables, shape, maps, cases));
        }
        in.end();
        return groups;
    }

    private static Coded map(CaseReader in) {
        int point = in.number();
        SliceLimits limits = new SliceLimits(in.number(), in.number());
        float[] values = in.floats();
        List<byte[]> slices = new ArrayList<>();
        for (int s = in.number(); s > 0; s--) {
            slices.add(in.bytes());
        }
        return new Coded(point, limits, values, slices);
    }

    private static Case band(CaseReader in) {
        String name = in.text();
        int point = in.number();
        int announced = in.number();
        byte[] slice = in.bytes();
        Verdict verdict = Verdict.read(in);
        return verdict.accepted()
                ? new Case(name, point, announced, slice, verdict, in.number(), in.ints())
                : new Case(name, point, announced, slice, verdict, 0, new int[0]);
    }
}
