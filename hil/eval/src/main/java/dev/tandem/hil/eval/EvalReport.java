package dev.tandem.hil.eval;

import dev.tandem.hil.report.Interval;
import dev.tandem.hil.report.Machine;
import dev.tandem.hil.report.MarkdownTable;
import dev.tandem.hil.report.ScatterPlot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * An evaluation's result, as it is written to {@code results.json}; also as tables and as a plot.
 *
 * @param table
 *            the question table
 * @param limit
 *            0 when every question was asked
 * @param baseline
 *            the point that differences are taken from
 */
record EvalReport(int schema, String pack, String packSha256, String data, String table, String tableSha256,
        int questions, int pictures, int limit, long seed, String baseline, int threads, Machine machine,
        List<PointSummary> points) {

    /** The tables for people. */
    String markdown() {
        MarkdownTable main = new MarkdownTable(List.of("point", "bytes", "tokens", "exact match %", "95 % interval",
                "minus " + baseline, "95 % interval", "device ms", "edge ms", "answer ms"));
        for (PointSummary point : points) {
            Interval difference = point.difference();
            main.row(List.of(point.name(), "%.0f".formatted(point.bytes()), number(point.tokens()),
                    percent(point.accuracy().value()), range(point.accuracy()),
                    difference == null ? "" : signed(difference.value()),
                    difference == null ? "" : signed(difference.low()) + " to " + signed(difference.high()),
                    number(point.deviceMillis()), number(point.edgeMillis()), number(point.answerMillis())));
        }
        TreeSet<String> kinds = new TreeSet<>();
        points.forEach(point -> kinds.addAll(point.kinds().keySet()));
        String head = """
                %s, %s: %d questions on %d pictures%s; pack %s (%s...). %s.
                Bytes are a picture's mean on the wire, 12-byte frame headers counted, TLS and TCP not. Milliseconds are medians, \
                on %d threads: device and edge a picture, answer a question.

                """
                .formatted(data, table, questions, pictures,
                        limit > 0 ? " (sample, seed " + seed + ")" : "", pack, packSha256.substring(0, 12), machine,
                        threads);
        return head + main + (kinds.size() < 2 ? "" : "\n" + byKind(new ArrayList<>(kinds)));
    }

    private MarkdownTable byKind(List<String> kinds) {
        List<String> heads = new ArrayList<>(List.of("exact match %"));
        for (String kind : kinds) {
            PointSummary.Kind any = points.stream().map(point -> point.kinds().get(kind)).filter(k -> k != null)
                    .findFirst().orElseThrow();
            heads.add(kind + " (" + any.questions() + ")");
        }
        MarkdownTable table = new MarkdownTable(heads);
        for (PointSummary point : points) {
            List<String> cells = new ArrayList<>(List.of(point.name()));
            for (String kind : kinds) {
                PointSummary.Kind some = point.kinds().get(kind);
                cells.add(some == null ? "" : percent(some.accuracy().value()) + " (" + range(some.accuracy()) + ")");
            }
            table.row(cells);
        }
        return table;
    }

    /** Accuracy over bytes. */
    String svg() {
        ScatterPlot plot = ScatterPlot.logarithmic("Exact match over bytes: " + data + ", " + table,
                "bytes a picture on the wire");
        for (PointSummary point : points) {
            EvalPoint parsed = EvalPoint.parse(point.name());
            String series = switch (parsed.way()) {
                case RAW, MERGED -> "uncoded";
                case TOFC -> "tofc";
                case PICTURE, PRECODED -> parsed.codec() + (parsed.clusters() == 0 ? "" : " @" + parsed.clusters());
            };
            if (point.bytes() > 0) {
                plot.add(series, new ScatterPlot.Mark(point.name(), point.bytes(), point.accuracy()));
            }
        }
        return plot.svg();
    }

    private static String range(Interval interval) {
        return percent(interval.low()) + " to " + percent(interval.high());
    }

    private static String percent(double share) {
        return number(share * 100);
    }

    private static String signed(double share) {
        return String.format(Locale.ROOT, "%+.1f", share * 100);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
