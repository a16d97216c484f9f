package dev.tandem.transport.session;

import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.FrameException;
import dev.tandem.transport.frame.Need;
import java.util.stream.IntStream;

/** Which slices of an exchange the device offers again (docs/wire.md, section 7). */
public final class Repair {
    /** A slice that five packets did not bring is not worth a sixth: at 20 % loss that is one in 3,000. */
    private static final int MOST_OFFERS = 5;

    private final long[] offeredNanos;
    private final int[] offers;
    private final long deadlineNanos;
    private final boolean hasDeadline;
    private final Need need;

    private Repair(int count, Need need, long deadlineNanos, boolean hasDeadline) {
        this.offeredNanos = new long[count];
        this.offers = new int[count];
        this.deadlineNanos = deadlineNanos;
        this.hasDeadline = hasDeadline;
        this.need = need;
    }

    /** For an edge that answers at a time without what is missing. */
    public static Repair until(int count, Need need, long decodeDeadlineNanos) {
        return new Repair(count, need, decodeDeadlineNanos, true);
    }

    /** For an edge that waits for everything. */
    public static Repair always(int count) {
        return new Repair(count, Need.ALL, 0, false);
    }

    /** A slice was sent, for the first time or again. */
    public void offered(int index, long now) {
        offers[index]++;
        offeredNanos[index] = now;
    }

    /**
     * Slices to send again, the most important first. One that was never offered is not missing but still to come.
     *
     * @param received the edge's bitmap; one of another length is malformed
     * @param rttNanos round trip; none is offered twice within one, and 1.5 must fit before the deadline: half for the
     *        slice, one in
     * reserve for a queue on the way. The deadline does not count while the edge lacks what its answer needs: it waits
     * for that
     */
    public int[] again(byte[] received, long now, long rttNanos) {
        int needed = (offers.length + 7) / 8;
        if (received.length != needed) {
            throw new FrameException(ErrorCode.MALFORMED_FRAME, "RECEIVED bitmap bytes: found [" + received.length
                    + "], needed " + needed + " for the announced " + offers.length + " slices");
        }
        if (hasDeadline && begins(received) && deadlineNanos - now < rttNanos + rttNanos / 2) {
            return new int[0];
        }
        return IntStream.range(0, offers.length).filter(i -> (received[i / 8] >> i % 8 & 1) == 0)
                .filter(i -> offers[i] > 0 && offers[i] < MOST_OFFERS && now - offeredNanos[i] >= rttNanos).toArray();
    }

    /** Whether an edge that has these may begin its answer. */
    private boolean begins(byte[] received) {
        return switch (need) {
            case ANY -> IntStream.range(0, received.length).anyMatch(i -> received[i] != 0);
            case FIRST -> received.length > 0 && (received[0] & 1) != 0;
            case ALL -> false; // what has them all says so by its answer
        };
    }
}
