package dev.tandem.transport.edge;

import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.Slice;
import dev.tandem.transport.session.EarlySlices;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Slices whose datagrams have overtaken their ASK (docs/wire.md, section 6). They count for the share of their device,
 * and are few enough to be owed. Event loop only.
 */
final class EarlyArrivals {
    private static final int MOST_SLICES = 64;
    private static final int MOST_BYTES = 256 << 10;
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final EdgeConnection connection;
    private final SliceReports reports;
    private final EarlySlices slices = new EarlySlices(MOST_SLICES, MOST_BYTES, MOST_NANOS);
    private long told;
    private long paid;

    EarlyArrivals(EdgeConnection connection, SliceReports reports) {
        this.connection = connection;
        this.reports = reports;
    }

    void keep(Frame slice) {
        slices.keep(slice.exchange(), slice.slice(), System.nanoTime());
        settle();
    }

    /** Those of an exchange that is opened now, in the order in which they came. */
    List<Slice> take(long exchange) {
        slices.expire(System.nanoTime());
        List<Slice> taken = slices.take(exchange);
        settle();
        return taken;
    }

    /** The connection has ended. */
    void stop() {
        slices.clear();
        settle();
    }

    /** Reports what was refused, gave way to others or grew old, and pays for what is here. */
    private void settle() {
        for (; told < slices.dropped(); told++) {
            reports.dropped();
        }
        connection.greeting().share().owe(slices.bytes() - paid);
        paid = slices.bytes();
    }
}
