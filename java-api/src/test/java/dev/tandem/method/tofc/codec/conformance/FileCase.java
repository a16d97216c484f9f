package dev.tandem.method.tofc.codec.conformance;

import java.util.ArrayList;
import java.util.List;

/** A tables or hyper file and what its reader must say: {@code tables.bin}, and the end of {@code hyper.bin}. */
record FileCase(String name, byte[] file, Verdict verdict) {
    static final String TABLES = "tables.bin";
    private static final String KIND = "tables";

    static void write(CaseWriter out, List<FileCase> cases) {
        out.number(cases.size());
        for (FileCase c : cases) {
            out.text(c.name).bytes(c.file);
            c.verdict.write(out);
        }
    }

    static List<FileCase> read(CaseReader in) {
        List<FileCase> cases = new ArrayList<>();
        for (int c = in.number(); c > 0; c--) {
            cases.add(new FileCase(in.text(), in.bytes(), Verdict.read(in)));
        }
        return cases;
    }

    static byte[] writeTables(List<FileCase> cases) {
        CaseWriter out = new CaseWriter(KIND);
        write(out, cases);
        return out.toBytes();
    }

    static List<FileCase> readTables(byte[] file) {
        CaseReader in = new CaseReader(file, KIND);
        List<FileCase> cases = read(in);
        in.end();
        return cases;
    }
}
