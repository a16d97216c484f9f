package dev.tandem.method.tofc.codec.conformance;

import dev.tandem.entropy.CdfTables;
import dev.tandem.entropy.RansDecoder;
import dev.tandem.entropy.RansEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Collects the cases of one group; what each must give is asked of the reference. */
final class StreamCases {
    private final String name;
    private final CdfTables tables;
    private final List<StreamGroup.Case> cases = new ArrayList<>();

    StreamCases(String name, CdfTables tables) {
        this.name = name;
        this.tables = tables;
    }

    CdfTables tables() {
        return tables;
    }

    /** Values that the encoder takes. Returns their stream. */
    byte[] valid(String title, int[] rows, int[] values) {
        byte[] stream = encode(rows, values);
        cases.add(new StreamGroup.Case(title, rows, values, stream, Verdict.ACCEPTED));
        return stream;
    }

    /** Any bytes. */
    void bytes(String title, int[] rows, byte[] stream) {
        int[] values = new int[rows.length];
        Verdict verdict = Verdict.of(stream, s -> decode(rows, s, values));
        cases.add(new StreamGroup.Case(title, rows, verdict.accepted() ? values : new int[0], stream, verdict));
    }

    StreamGroup group() {
        return new StreamGroup(name, tables, List.copyOf(cases));
    }

    private byte[] encode(int[] rows, int[] values) {
        RansEncoder encoder = new RansEncoder();
        for (int i = 0; i < rows.length; i++) {
            encoder.put(tables, rows[i], values[i]);
        }
        return encoder.finish();
    }

    private void decode(int[] rows, byte[] stream, int[] values) {
        RansDecoder decoder = new RansDecoder(stream, 0, stream.length);
        for (int i = 0; i < rows.length; i++) {
            values[i] = decoder.get(tables, rows[i]);
        }
        decoder.finish();
    }

    /** {@code count} times the same row. */
    static int[] rows(int row, int count) {
        int[] rows = new int[count];
        Arrays.fill(rows, row);
        return rows;
    }
}
