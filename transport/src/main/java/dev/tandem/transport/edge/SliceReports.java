package dev.tandem.transport.edge;

import dev.tandem.transport.frame.LinkReport;

/**
 * Counts what became of a connection's slices and tells the device, at most once a second, when something has changed.
 * Event loop only.
 */
final class SliceReports {
    private static final int EVERY_MILLIS = 1_000;

    private final EdgeConnection connection;
    private final LinkCounters counters;
    private int received;
    private int late;
    private int repeated;
    private int dropped;
    private boolean scheduled;

    SliceReports(EdgeConnection connection, LinkCounters counters) {
        this.connection = connection;
        this.counters = counters;
    }

    void received() {
        received++;
        counters.countSlice(LinkCounters.Slice.RECEIVED);
        tellSoon();
    }

    void late() {
        late++;
        counters.countSlice(LinkCounters.Slice.LATE);
        tellSoon();
    }

    void repeated() {
        repeated++;
        counters.countSlice(LinkCounters.Slice.REPEATED);
        tellSoon();
    }

    void dropped() {
        dropped++;
        counters.countSlice(LinkCounters.Slice.DROPPED);
        tellSoon();
    }

    private void tellSoon() {
        if (!scheduled) {
            scheduled = true;
            connection.schedule(() -> {
                scheduled = false;
                connection.report(new LinkReport(received, late, repeated, dropped));
            }, EVERY_MILLIS);
        }
    }
}
