package dev.tandem.hil.eval;

import dev.tandem.hil.report.Interval;
import dev.tandem.hil.report.Machine;
import dev.tandem.hil.report.MarkdownTable;
import dev.tandem.hil.report.Numbers;
import dev.tandem.hil.report.ScatterPlot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.TreeSet;

/**
 * An evaluation's result, as it is written to {@code results.json}; also as tables and as a plot.
 *
 * @param task question or classify
 * @param table the question table
 * @param limit 0 when every question was asked
 * @param baseline the point that differences are taken from
 */
record EvalReport(int schema, String pack, String packSha256, String task, String data, String table,
        String tableSha256, int questions, int pictures, int limit, long seed, String baseline, int threads,
        Machine machine, List<PointSummary> points) {
    private static final String INTERVAL = "95 % interval";

    /** The tables for people. */
    String markdown() {
        MarkdownTable main = new MarkdownTable(heads());
        points.forEach(point -> main.row(cells(point)));
        TreeSet<String> kinds = new TreeSet<>();
        points.forEach(point -> kinds.addAll(point.kinds().keySet()));
        return top() + main + (kinds.size() < 2 ? "" : "\n" + byKind(new ArrayList<>(kinds))) + errors();
    }

    /** Points may differ: a picture can be too large for one of them only. */
    private String errors() {
        StringJoiner some = new StringJoiner(", ", "\nCould not be asked, and counted as wrong: ",
                ". Why stands in the logs.\n").setEmptyValue("");
        points.stream().filter(point -> point.errors() > 0)
                .forEach(point -> some.add(point.errors() + " of " + point.questions() + " at " + point.name()));
        return some.toString();
    }

    private String top() {
        String asked = classes()
                ? String.format(Locale.ROOT, "the classes of %d pictures", pictures)
                : String.format(Locale.ROOT, "%d questions on %d pictures", questions, pictures);
        return String.format(Locale.ROOT,
                """
                        %s, %s: %s%s; pack %s (%s...). %s.
                        Bytes are a picture's mean on the wire, 12-byte frame headers counted, TLS and TCP not. Milliseconds are medians, \
                        on %d threads: device and edge a picture, answer a question.

                        """,
                data, table, asked, limit > 0 ? " (sample, seed " + seed + ")" : "", pack,
                packSha256.substring(0, 12), machine, threads);
    }

    private boolean classes() {
        return Exam.CLASSIFY.word().equals(task);
    }

    private String right() {
        return classes() ? "top-1 %" : "exact match %";
    }

    private List<String> heads() {
        List<String> heads = new ArrayList<>(List.of("point", "bytes", "units", right(), INTERVAL));
        if (classes()) {
            heads.addAll(List.of("top-5 %", INTERVAL));
        }
        heads.addAll(List.of("minus " + baseline, INTERVAL, "device ms", "edge ms", "answer ms"));
        return heads;
    }

    private List<String> cells(PointSummary point) {
        List<String> cells = new ArrayList<>(List.of(point.name(), Numbers.whole(point.bytes()),
                Numbers.one(point.units()), Numbers.percent(point.accuracy().value()),
                Numbers.range(point.accuracy())));
        if (classes()) {
            cells.addAll(List.of(Numbers.percent(point.near().value()), Numbers.range(point.near())));
        }
        Interval difference = point.difference();
        cells.addAll(List.of(difference == null ? "" : Numbers.signed(difference.value()),
                Numbers.signedRange(difference), Numbers.one(point.deviceMillis()), Numbers.one(point.edgeMillis()),
                Numbers.one(point.answerMillis())));
        return cells;
    }

    private MarkdownTable byKind(List<String> kinds) {
        List<String> heads = new ArrayList<>(List.of(right()));
        for (String kind : kinds) {
            PointSummary.Kind any = points.stream().map(point -> point.kinds().get(kind)).filter(Objects::nonNull)
                    .findFirst().orElseThrow();
            heads.add(kind + " (" + any.questions() + ")");
        }
        MarkdownTable table = new MarkdownTable(heads);
        for (PointSummary point : points) {
            List<String> cells = new ArrayList<>(List.of(point.name()));
            for (String kind : kinds) {
                PointSummary.Kind some = point.kinds().get(kind);
                cells.add(some == null
                        ? ""
                        : Numbers.percent(some.accuracy().value()) + " (" + Numbers.range(some.accuracy()) + ")");
            }
            table.row(cells);
        }
        return table;
    }

    /** Accuracy over bytes. */
    String svg() {
        ScatterPlot plot = ScatterPlot.logarithmic((classes() ? "Top-1" : "Exact match") + " over bytes: " + data + ", "
                + table, "bytes a picture on the wire");
        for (PointSummary point : points) {
            if (point.bytes() > 0) {
                plot.add(point.series(), new ScatterPlot.Mark(point.name(), point.bytes(), point.accuracy()));
            }
        }
        return plot.svg();
    }
}
