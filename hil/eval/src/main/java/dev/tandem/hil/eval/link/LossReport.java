package dev.tandem.hil.eval.link;

import dev.tandem.hil.report.Interval;
import dev.tandem.hil.report.Machine;
import dev.tandem.hil.report.MarkdownTable;
import dev.tandem.hil.report.Numbers;
import dev.tandem.hil.report.ScatterPlot;
import java.util.List;
import java.util.Locale;

/** Accuracy over loss, as it is written to {@code loss.json}. */
record LossReport(int schema, String pack, String data, String point, int slices, long seed, Machine machine,
        List<LossCell> cells) {

    /** For people. */
    String markdown() {
        MarkdownTable table = new MarkdownTable(List.of("way", "loss %", "questions", "answered", "units",
                "exact match %", "95 % interval", "minus no loss", "95 % interval", "median ms"));
        for (LossCell cell : cells) {
            Interval difference = cell.difference();
            table.row(List.of(cell.way(), Numbers.percent(cell.loss()), String.valueOf(cell.questions()),
                    String.valueOf(cell.answered()), Numbers.one(cell.used()) + " of " + Numbers.one(cell.sent()),
                    Numbers.percent(cell.accuracy().value()), Numbers.range(cell.accuracy()),
                    difference == null ? "" : Numbers.signed(difference.value()), Numbers.signedRange(difference),
                    Numbers.one(cell.millis())));
        }
        return String.format(Locale.ROOT,
                """
                        %s at %s, %d slices a picture; pack %s. %s. Edge in a process of its own, QUIC through the relay: 50 KB/s, 20 ms each \
                        way, packets lost evenly in both directions (seed %d). A question without an answer counts as wrong.

                        """,
                data, point, slices, pack, machine, seed) + table;
    }

    /** Accuracy over loss. */
    String svg() {
        ScatterPlot plot = ScatterPlot.linear("Exact match over loss: " + data + " at " + point,
                "packets lost in each direction, %");
        for (LossCell cell : cells) {
            plot.add(cell.way(), new ScatterPlot.Mark(cell.way(), cell.loss() * 100, cell.accuracy()));
        }
        return plot.svg();
    }
}
