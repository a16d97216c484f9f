package dev.tandem.hil.eval.calibrate;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.tandem.hil.report.Interval;
import dev.tandem.hil.report.MarkdownTable;
import dev.tandem.hil.report.ScatterPlot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What calibrating found, for people and for programs.
 *
 * @param whole the edge's accuracy on whole pictures
 * @param alone the device's, alone
 * @param best the settings that none beats, fewest bytes first
 * @param chosen those that were asked for, by the name of their point
 */
@JsonPropertyOrder({"whole", "alone", "chosen", "best"})
record CalibrationReport(Interval whole, Interval alone, List<Setting> best, Map<String, Setting> chosen) {
    private static final double PERCENT = 100;
    /** Rows of the table: what lies between is in the JSON. */
    private static final int ROWS = 16;

    String words() {
        MarkdownTable table = new MarkdownTable(
                List.of("point", "eta", "amount", "accuracy, %", "95 %", "bytes", "on the device, %", "C"));
        chosen.forEach((name, setting) -> row(table, name, setting));
        for (Setting setting : thinned()) {
            row(table, "", setting);
        }
        return "the edge on whole pictures: " + share(whole) + System.lineSeparator() + "the device alone: "
                + share(alone) + System.lineSeparator() + System.lineSeparator() + table;
    }

    private List<Setting> thinned() {
        List<Setting> some = new ArrayList<>();
        for (int i = 0; i < Math.min(ROWS, best.size()); i++) {
            some.add(best.get((int) ((long) i * (best.size() - 1) / Math.max(1, Math.min(ROWS, best.size()) - 1))));
        }
        return some;
    }

    private static void row(MarkdownTable table, String name, Setting one) {
        table.row(List.of(name, Trials.number(one.eta()), Trials.number(one.amount()),
                number("%.1f", PERCENT * one.accuracy().value()),
                number("%.1f", PERCENT * one.accuracy().low()) + " to "
                        + number("%.1f", PERCENT * one.accuracy().high()),
                number("%.0f", one.bytes()), number("%.1f", PERCENT * one.here()), number("%.3f", one.cost())));
    }

    private static String share(Interval share) {
        return String.format(Locale.ROOT, "%.1f %% (%.1f to %.1f)", PERCENT * share.value(), PERCENT * share.low(),
                PERCENT * share.high());
    }

    private static String number(String form, double value) {
        return String.format(Locale.ROOT, form, value);
    }

    /** An SVG file: accuracy over bytes. */
    String plot() {
        ScatterPlot plot = ScatterPlot.linear("What no other setting beats", "bytes a picture");
        best.forEach(one -> plot.add("settings", mark(Trials.number(one.eta()) + ", " + Trials.number(one.amount()),
                one)));
        chosen.forEach((name, one) -> plot.add("chosen", mark(name, one)));
        return plot.svg();
    }

    private static ScatterPlot.Mark mark(String name, Setting one) {
        return new ScatterPlot.Mark(name, one.bytes(), one.accuracy());
    }
}
