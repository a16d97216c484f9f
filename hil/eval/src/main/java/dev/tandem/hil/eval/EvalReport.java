package dev.tandem.hil.eval;

import dev.tandem.hil.report.Interval;
import dev.tandem.hil.report.Machine;
import dev.tandem.hil.report.MarkdownTable;
import dev.tandem.hil.report.Numbers;
import dev.tandem.hil.report.ScatterPlot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Stream;

/**
 * An evaluation's result, as it is written to {@code results.json}; also as tables and as a plot.
 *
 * @param task question or classify
 * @param table the question table
 * @param limit 0 when every question was asked
 * @param conditions what was done otherwise than usual
 * @param baseline the point that differences are taken from
 * @param controls what needs no picture, or gets the wrong one; summed up as points are
 * @param equal picture files beside trained points
 */
record EvalReport(int schema, String pack, String packSha256, String task, String data, String table,
        String tableSha256, int questions, int pictures, int limit, long seed, Conditions conditions, String baseline,
        int threads,
        Machine machine, List<PointSummary> points, List<PointSummary> controls, List<EqualPicture> equal) {
    private static final String INTERVAL = "95 % interval";

    /** The tables for people. */
    String markdown() {
        MarkdownTable main = new MarkdownTable(heads());
        List<PointSummary> rows = Stream.concat(points.stream(), controls.stream()).toList();
        rows.forEach(point -> main.row(cells(point)));
        return top() + main + EvalTables.sent(rows) + EvalTables.byKind(right(), rows)
                + EvalTables.yesNo(baseline, rows)
                + EvalTables.equal(equal) + errors();
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
                        %s, %s: %s%s; pack %s (%s...). %s.%s
                        Bytes go up for one question, means: the picture's slices; these with the frame that asks and every \
                        frame's header; all of it encrypted over QUIC, with IP's headers and the answer's \
                        acknowledgements. Intervals know that questions about one picture go together. Milliseconds \
                        are medians, on %d threads: device and edge a picture, answer a question.

                        """,
                data, table, asked, limit > 0 ? " (sample, seed " + seed + ")" : "", pack,
                packSha256.substring(0, 12), machine, conditions.words(), threads);
    }

    private boolean classes() {
        return Exam.CLASSIFY.word().equals(task);
    }

    private String right() {
        return conditions.agree().isEmpty()
                ? classes() ? "top-1 %" : "exact match %"
                : "the same class as " + conditions.agree() + ", %";
    }

    private List<String> heads() {
        List<String> heads = new ArrayList<>(
                List.of("point", "slices", "with ask", "encrypted", "units", right(), INTERVAL));
        if (classes()) {
            heads.addAll(List.of(conditions.agree().isEmpty() ? "top-5 %" : "among the first five, %", INTERVAL));
        }
        heads.addAll(List.of("minus " + baseline, INTERVAL, "device ms", "edge ms", "answer ms"));
        return heads;
    }

    private List<String> cells(PointSummary point) {
        List<String> cells = new ArrayList<>(List.of(point.name(), Numbers.whole(point.cost().slices()),
                Numbers.whole(point.cost().question()), Numbers.whole(point.cost().encrypted()),
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

    /** Accuracy over bytes; what cost none has no place on a logarithmic axis. */
    String svg() {
        ScatterPlot plot = ScatterPlot.logarithmic(plotted() + " over bytes: " + data + ", " + table,
                "bytes up for a question, the frame that asks and encryption counted");
        points.stream().filter(point -> point.bytes() > 0).forEach(point -> plot.add(point.series(),
                new ScatterPlot.Mark(point.name(), point.cost().encrypted(), point.accuracy())));
        return plot.svg();
    }

    /** Accuracy over cost C, where points have one. */
    Optional<String> costSvg() {
        List<PointSummary> costs = points.stream().filter(point -> point.squares() != null).toList();
        ScatterPlot plot = ScatterPlot.linear(plotted() + " over cost C: " + data + ", " + table,
                "patches sent, % of those of all pictures");
        costs.forEach(point -> plot.add(point.series(),
                new ScatterPlot.Mark(point.name(), 100 * point.squares().cost(), point.accuracy())));
        return costs.isEmpty() ? Optional.empty() : Optional.of(plot.svg());
    }

    private String plotted() {
        return conditions.agree().isEmpty()
                ? classes() ? "Top-1" : "Exact match"
                : "The same class as " + conditions.agree();
    }
}
