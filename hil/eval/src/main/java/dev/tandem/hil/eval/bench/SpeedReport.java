package dev.tandem.hil.eval.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.foreign.NativeLibrary;
import dev.tandem.hil.report.Machine;
import dev.tandem.hil.report.MarkdownTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What {@code bench codec} and {@code bench cluster} found.
 *
 * @param subject
 *            what was worked on
 * @param compared
 *            how the results of plain Java and native code were compared before any clock ran
 * @param nativeCode
 *            the tier in use, or why there is none
 */
record SpeedReport(int schema, String subject, String compared, Machine machine, String nativeCode,
        List<SpeedRow> rows) {

    static SpeedReport of(String subject, String compared, List<SpeedRow> rows) {
        NativeLibrary library = NativeLibrary.get();
        return new SpeedReport(1, subject, compared, Machine.here(),
                library.available() ? library.capabilityWords() : library.toString(), rows);
    }

    /** For people. */
    String words() {
        MarkdownTable table = new MarkdownTable(List.of("work", "a second", "plain Java", "native", "times"));
        for (SpeedRow row : rows) {
            List<String> cells = new ArrayList<>(List.of(row.work(), row.unit(), number(row.reference())));
            cells.add(row.fast() == null ? "-" : number(row.fast()));
            cells.add(row.fast() == null ? "-" : String.format(Locale.ROOT, "%.1f", row.fast() / row.reference()));
            table.row(cells);
        }
        return String.format(Locale.ROOT, """
                %s
                %s; one thread; native code: %s.
                %s

                """, subject, machine, nativeCode, compared) + table;
    }

    String json() throws JsonProcessingException {
        return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(this);
    }

    /** Three digits are all that such a measurement tells. */
    private static String number(double value) {
        return value >= 100
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%.3g", value);
    }
}
