package dev.tandem.transport.session;

import dev.tandem.transport.frame.Need;
import dev.tandem.transport.frame.Slice;
import java.util.Arrays;

/** Slices of one exchange as they come to the edge, and when answering may begin. Keeps the arrays it is given. */
public final class Gathering {
    /** What became of a slice. */
    public enum Outcome {
        /** It is new. */
        KEPT,
        /** The same bytes are here already. */
        REPEATED,
        /** Other bytes are here, and answering has not begun: one of the two is a lie. */
        CONTRADICTORY,
        /** Answering has begun without these bytes: whatever they are, they change nothing any more. */
        LATE,
        /** It would be more than the exchange may have. */
        TOO_LARGE
    }

    private final Slice[] slices;
    private final Need need;
    private final long maxBytes;
    private final long startNanos;
    private final long waitNanos;
    private int gathered;
    private long bytes;
    private boolean begun;

    /**
     * @param announced slices that the ASK announced
     * @param need what must be here before answering can begin
     * @param maxBytes most payload bytes in all
     * @param startNanos when the ASK came
     * @param waitNanos how long answering waits for what is missing; 0: for everything
     */
    public Gathering(int announced, Need need, long maxBytes, long startNanos, long waitNanos) {
        this.slices = new Slice[announced];
        this.need = need;
        this.maxBytes = maxBytes;
        this.startNanos = startNanos;
        this.waitNanos = waitNanos;
    }

    /**
     * Takes a slice; its index is 0 to {@link #announced()}-1, which the caller has checked: IllegalArgumentException.
     */
    public Outcome add(Slice slice) {
        int index = slice.index();
        if (index < 0 || index >= slices.length) {
            throw new IllegalArgumentException(
                    "gathering slice [" + index + "], needed 0 to " + (slices.length - 1));
        }
        if (slices[index] != null) {
            if (slices[index].tile() == slice.tile() && Arrays.equals(slices[index].bytes(), slice.bytes())) {
                return Outcome.REPEATED;
            }
            return begun ? Outcome.LATE : Outcome.CONTRADICTORY;
        }
        if (begun) {
            return Outcome.LATE;
        }
        if (bytes + slice.bytes().length > maxBytes) {
            return Outcome.TOO_LARGE;
        }
        slices[index] = slice;
        gathered++;
        bytes += slice.bytes().length;
        return Outcome.KEPT;
    }

    public boolean complete() {
        return gathered == slices.length;
    }

    /** Whether answering may begin: everything is here, or the wait is over and what the answer needs is here. */
    public boolean due(long now) {
        return complete() || fulfilled() && waitNanos > 0 && now - startNanos >= waitNanos;
    }

    private boolean fulfilled() {
        return switch (need) {
            case ANY -> gathered > 0;
            case FIRST -> slices.length > 0 && slices[0] != null;
            case ALL -> complete();
        };
    }

    /**
     * Nanoseconds until it is worth asking {@link #due} again, 0 when it is due; {@link Long#MAX_VALUE} when no time
     * but only a slice can make it so: answering waits for everything, or the wait is over and what is needed is not
     * here.
     */
    public long dueInNanos(long now) {
        if (due(now)) {
            return 0;
        }
        long left = waitNanos - (now - startNanos);
        return waitNanos == 0 || left <= 0 ? Long.MAX_VALUE : left;
    }

    /** Answering begins with what is here. */
    public void begin() {
        begun = true;
    }

    public boolean begun() {
        return begun;
    }

    public int gathered() {
        return gathered;
    }

    public int announced() {
        return slices.length;
    }

    /** Payload bytes here. */
    public long bytes() {
        return bytes;
    }

    /** Bit i mod 8 of byte i div 8 is slice i. */
    public byte[] received() {
        byte[] bitmap = new byte[(slices.length + 7) / 8];
        for (int i = 0; i < slices.length; i++) {
            if (slices[i] != null) {
                bitmap[i / 8] |= (byte) (1 << i % 8);
            }
        }
        return bitmap;
    }
}
