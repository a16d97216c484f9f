package dev.tandem.hil.eval;

import dev.tandem.hil.report.Interval;
import dev.tandem.hil.report.MarkdownTable;
import dev.tandem.hil.report.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;

/** The tables of a report beside its first: by kind of question, yes and no, pictures as good as a trained point. */
final class EvalTables {
    private static final String INTERVAL = "95 % interval";

    private EvalTables() {
    }

    /** Accuracy by kind, intervals beside it; empty where all are of one kind. */
    static String byKind(String right, List<PointSummary> points) {
        TreeSet<String> kinds = new TreeSet<>();
        points.forEach(point -> kinds.addAll(point.kinds().keySet()));
        if (kinds.size() < 2) {
            return "";
        }
        List<String> heads = new ArrayList<>(List.of(right));
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
                cells.add(some == null ? "" : both(some.accuracy()));
            }
            table.row(cells);
        }
        return "\n" + table;
    }

    /** Yes and no; empty where nothing has such an answer. */
    static String yesNo(String baseline, List<PointSummary> points) {
        List<PointSummary> asked = points.stream().filter(point -> point.yesNo() != null).toList();
        if (asked.isEmpty()) {
            return "";
        }
        YesNo any = asked.getFirst().yesNo();
        TreeSet<String> kinds = new TreeSet<>();
        asked.forEach(point -> kinds.addAll(point.yesNo().kinds().keySet()));
        List<String> heads = new ArrayList<>(List.of("yes or no", "balanced %", INTERVAL, "minus " + baseline, INTERVAL,
                "yes where yes % (" + any.yes() + ")", "no where no % (" + any.no() + ")",
                "presence recall % (" + any.present() + ")"));
        if (kinds.size() > 1) {
            kinds.forEach(kind -> heads.add("balanced, " + kind));
        }
        MarkdownTable table = new MarkdownTable(heads);
        for (PointSummary point : asked) {
            YesNo one = point.yesNo();
            List<String> cells = new ArrayList<>(List.of(point.name(),
                    one.balanced() == null ? "" : Numbers.percent(one.balanced().value()),
                    Numbers.range(one.balanced()),
                    one.difference() == null ? "" : Numbers.signed(one.difference().value()),
                    Numbers.signedRange(one.difference()), both(one.recall()), both(one.rejection()),
                    one.present() == 0 ? "" : both(one.presence())));
            if (kinds.size() > 1) {
                kinds.forEach(kind -> cells.add(both(one.kinds().get(kind))));
            }
            table.row(cells);
        }
        return """

                Balanced is the mean of how often yes is said where it is the answer and no where that is; presence recall \
                is yes to "Is there" and "Are there" where it is there.

                """
                + table;
    }

    /** Where answers were made and what of pictures was sent; empty where all was sent to the edge. */
    static String sent(List<PointSummary> points) {
        List<PointSummary> choosing = points.stream().filter(point -> point.squares() != null).toList();
        if (choosing.isEmpty()) {
            return "";
        }
        MarkdownTable table = new MarkdownTable(List.of("what is sent", "answered on the device %",
                "patches of a picture that is sent", "of", "cost C"));
        for (PointSummary point : choosing) {
            SquaresCost squares = point.squares();
            table.row(List.of(point.name(), Numbers.percent(point.here()), Numbers.one(squares.sent()),
                    String.valueOf(squares.of()), String.format(Locale.ROOT, "%.4f", squares.cost())));
        }
        return """

                Cost C is the share of pictures that are sent times the share of their patches that goes: 1 is every patch \
                of every picture. It counts no map and no bytes.

                """
                + table;
    }

    /** Pictures as good; empty where none was tried beside a trained point. */
    static String equal(List<EqualPicture> rows) {
        if (rows.isEmpty()) {
            return "";
        }
        MarkdownTable table = new MarkdownTable(List.of("equal accuracy", "the picture is charged",
                "cheapest as accurate", "bytes", "times", "times, all of a question", "its accuracy minus", INTERVAL));
        for (EqualPicture row : rows) {
            table.row(row.picture() == null
                    ? List.of(row.point(), row.pricing().words(), "none of those tried", "", "", "", "", "")
                    : List.of(row.point(), row.pricing().words(), row.picture(), Numbers.whole(row.bytes()),
                            Numbers.two(row.ratio()), Numbers.two(row.questionRatio()),
                            Numbers.signed(row.difference().value()), Numbers.signedRange(row.difference())));
        }
        return """

                For each trained point the cheapest picture file at which at least as many questions are answered rightly. \
                Bytes are the picture's with frame headers, times are multiples of the trained point's, of the picture and \
                of all that leaves for a question. With known bytes off a picture is charged only what its codec's coder \
                wrote: tables, headers and container count as known to both ends.

                """
                + table;
    }

    private static String both(Interval share) {
        return share == null ? "" : Numbers.percent(share.value()) + " (" + Numbers.range(share) + ")";
    }
}
