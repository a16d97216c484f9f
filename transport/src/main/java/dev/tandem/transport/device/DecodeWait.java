package dev.tandem.transport.device;

import dev.tandem.transport.session.LinkState;
import dev.tandem.transport.session.SlicePlan;
import java.util.concurrent.TimeUnit;

/** How long the edge is asked to wait for slices that may be lost (docs/wire.md, section 7). */
final class DecodeWait {
    private static final long BASE_MILLIS = 1_000;
    private static final long UNKNOWN_BYTES_PER_SECOND = 25_000;

    private DecodeWait() {
    }

    /** Milliseconds for the ASK; 0 (wait for everything) when nothing can be lost. */
    static long millis(AskRequest request, SlicePlan plan, int[] sliceBytes, LinkState link) {
        if (!request.decodeWait().isZero()) {
            return Math.clamp(request.decodeWait().toMillis(), 1, Integer.MAX_VALUE);
        }
        long bytes = 0;
        boolean lossy = false;
        for (int i = 0; i < sliceBytes.length; i++) {
            bytes += sliceBytes[i];
            lossy |= !plan.reliable(i);
        }
        if (!lossy) {
            return 0;
        }
        return BASE_MILLIS + 2 * TimeUnit.NANOSECONDS.toMillis(link.rttNanos())
                + 2 * 1_000 * bytes / bytesPerSecond(link);
    }

    /** What the link delivers; a thin one where nothing is known yet. */
    static long bytesPerSecond(LinkState link) {
        return link.bytesPerSecond() > 0 ? link.bytesPerSecond() : UNKNOWN_BYTES_PER_SECOND;
    }
}
