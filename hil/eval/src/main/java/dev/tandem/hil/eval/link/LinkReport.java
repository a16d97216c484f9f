package dev.tandem.hil.eval.link;

import dev.tandem.hil.report.Machine;
import dev.tandem.hil.report.MarkdownTable;
import dev.tandem.hil.report.Numbers;
import dev.tandem.hil.report.StackedBars;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Every point at every rate, as it is written to {@code link.json}. */
record LinkReport(int schema, String pack, String task, String data, int threads, String transport, Machine machine,
        List<LinkCell> cells) {

    /** For people. */
    String markdown() {
        MarkdownTable table = new MarkdownTable(
                List.of("point", "KB/s", "bytes", "with TLS", "on the wire", "device ms", "link ms",
                        "edge ms", "first part ms", "all ms"));
        for (LinkCell cell : cells) {
            table.row(List.of(cell.point(), cell.rate() == 0 ? "-" : Numbers.whole(cell.rate()),
                    Numbers.whole(cell.bytes()),
                    Numbers.whole(cell.wireBytes()),
                    cell.relayBytes() == 0 ? "" : Numbers.whole(cell.relayBytes()), Numbers.whole(cell.device()),
                    Numbers.whole(cell.link()),
                    Numbers.whole(cell.edge()),
                    Numbers.whole(cell.firstWord()), Numbers.whole(cell.total())));
        }
        return String.format(Locale.ROOT,
                """
                        %s, task %s, %d pictures a row; pack %s. %s. Edge and device are two processes on one machine, %d threads each; %s on the \
                        loopback, TLS 1.3, uplink limited to the rate named. Bytes are question and picture with frame headers, means; \
                        on the wire is what a relay saw of it, whole packets and acknowledgements; \
                        times are medians, edge up to the first part of the answer, a word or a list of classes.

                        """,
                data, task, cells.isEmpty() ? 0 : cells.getFirst().pictures(), pack, machine, threads,
                transport)
                + table;
    }

    /** Time to the first part of the answer, and what it is made of. */
    String svg() {
        StackedBars bars = new StackedBars("Time to the first part of the answer, by point and uplink");
        for (LinkCell cell : cells) {
            Map<String, Double> parts = new LinkedHashMap<>();
            parts.put("device", cell.device());
            parts.put("link", cell.link());
            parts.put("edge", cell.edge());
            bars.add(cell.point() + (cell.rate() == 0 ? ", no limit" : ", " + Numbers.whole(cell.rate()) + " KB/s"),
                    parts);
        }
        return bars.svg();
    }
}
