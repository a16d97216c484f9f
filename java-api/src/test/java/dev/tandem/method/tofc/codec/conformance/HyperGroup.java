package dev.tandem.method.tofc.codec.conformance;

import java.util.ArrayList;
import java.util.List;

/** One hyper-synthesis and what it must compute: {@code hyper.bin}. */
record HyperGroup(String name, byte[] file, List<Run> runs, List<Index> indices) {
    static final String FILE = "hyper.bin";
    private static final String KIND = "hyper";

    /** One token. */
    record Run(int expert, int[] z, int[] mean, int[] scale) {}

    /** The scale index of a logit at a shift. */
    record Index(int logit, int shift, int index) {}

    /** All that {@code hyper.bin} holds. */
    record Set(List<HyperGroup> groups, List<FileCase> files) {}

    static byte[] write(Set set) {
        CaseWriter out = new CaseWriter(KIND).number(set.groups.size());
        for (HyperGroup group : set.groups) {
            out.text(group.name).bytes(group.file).number(group.runs.size());
            for (Run run : group.runs) {
                out.number(run.expert).ints(run.z).ints(run.mean).ints(run.scale);
            }
            out.number(group.indices.size());
            for (Index index : group.indices) {
                out.signed(index.logit).signed(index.shift).number(index.index);
            }
        }
        FileCase.write(out, set.files);
        return out.toBytes();
    }

    static Set read(byte[] file) {
        CaseReader in = new CaseReader(file, KIND);
        List<HyperGroup> groups = new ArrayList<>();
        for (int g = in.number(); g > 0; g--) {
            String name = in.text();
            byte[] network = in.bytes();
            List<Run> runs = new ArrayList<>();
            for (int r = in.number(); r > 0; r--) {
                runs.add(new Run(in.number(), in.ints(), in.ints(), in.ints()));
            }
            List<Index> indices = new ArrayList<>();
            for (int i = in.number(); i > 0; i--) {
                indices.add(new Index(in.signed(), in.signed(), in.number()));
            }
            groups.add(new HyperGroup(name, network, runs, indices));
        }
        Set set = new Set(groups, FileCase.read(in));
        in.end();
        return set;
    }
}
