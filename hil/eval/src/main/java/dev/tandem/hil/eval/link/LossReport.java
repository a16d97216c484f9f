package dev.tandem.hil.eval.link;

import dev.tandem.hil.report.Interval;
import dev.tandem.hil.report.Machine;
import dev.tandem.hil.report.MarkdownTable;
import dev.tandem.hil.report.ScatterPlot;
import java.util.List;
import java.util.Locale;

/** Accuracy over loss, as it is written to {@code loss.json}. */
record LossReport(int schema, String pack, String data, String point, int slices, long seed, Machine machine,
        List<LossCell> cells) {

    /** For people. */
    String markdown() {
        MarkdownTable table = new MarkdownTable(List.of("way", "loss %", "questions", "answered", "tokens",
                "exact match %", "95 % interval", "minus no loss", "95 % interval", "median ms"));
        for (LossCell cell : cells) {
            Interval difference = cell.difference();
            table.row(List.of(cell.way(), number(cell.loss() * 100), String.valueOf(cell.questions()),
                    String.valueOf(cell.answered()), number(cell.tokens()) + " of " + number(cell.tokensSent()),
                    number(cell.accuracy().value() * 100),
                    number(cell.accuracy().low() * 100) + " to " + number(cell.accuracy().high() * 100),
                    difference == null ? "" : signed(difference.value()),
                    difference == null ? "" : signed(difference.low()) + " to " + signed(difference.high()),
                    number(cell.millis())));
        }
        return """
                %s at %s, %d slices a picture; pack %s. %s. Edge in a process of its own, QUIC through the relay: 50 KB/s, 20 ms each \
                way, packets lost evenly in both directions (seed %d). A question without an answer counts as wrong.

                """
                .formatted(data, point, slices, pack, machine, seed) + table;
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

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String signed(double share) {
        return String.format(Locale.ROOT, "%+.1f", share * 100);
    }
}
