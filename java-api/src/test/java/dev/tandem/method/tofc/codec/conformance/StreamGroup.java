package dev.tandem.method.tofc.codec.conformance;

import dev.tandem.entropy.CdfTables;
import java.util.ArrayList;
import java.util.List;

/** Streams over one set of tables: {@code streams.bin}. */
record StreamGroup(String name, CdfTables tables, List<Case> cases) {
    static final String FILE = "streams.bin";
    private static final String KIND = "streams";

    /**
     * One stream.
     *
     * @param rows row of each value
     * @param values what the stream decodes to; empty where it must be refused
     */
    record Case(String name, int[] rows, int[] values, byte[] stream, Verdict verdict) {}

    static byte[] write(List<StreamGroup> groups) {
        CaseWriter out = new CaseWriter(KIND).number(groups.size());
        for (StreamGroup group : groups) {
            out.text(group.name).tables(group.tables).number(group.cases.size());
            for (Case c : group.cases) {
                out.text(c.name).number(c.rows.length);
                for (int row : c.rows) {
                    out.number(row);
                }
                out.bytes(c.stream);
                c.verdict.write(out);
                out.ints(c.values);
            }
        }
        return out.toBytes();
    }

    static List<StreamGroup> read(byte[] file) {
        CaseReader in = new CaseReader(file, KIND);
        List<StreamGroup> groups = new ArrayList<>();
        for (int g = in.number(); g > 0; g--) {
            String name = in.text();
            CdfTables tables = in.tables();
            List<Case> cases = new ArrayList<>();
            for (int c = in.number(); c > 0; c--) {
                String title = in.text();
                int[] rows = new int[in.number()];
                for (int i = 0; i < rows.length; i++) {
                    rows[i] = in.number();
                }
                byte[] stream = in.bytes();
                Verdict verdict = Verdict.read(in);
                cases.add(new Case(title, rows, in.ints(), stream, verdict));
            }
            groups.add(new StreamGroup(name, tables, cases));
        }
        in.end();
        return groups;
    }
}
