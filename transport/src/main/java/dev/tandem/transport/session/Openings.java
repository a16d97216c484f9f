package dev.tandem.transport.session;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Which exchanges a device has opened: each id once, whether its ASK came in its stream or a copy of it in a datagram,
 * and in nearly any order, since over QUIC one may overtake another (docs/wire.md, section 6).
 */
public final class Openings {
    /** Ids so far behind the highest count as opened: nothing that old is still on its way. */
    static final int WINDOW = 4_096;
    private static final int WORD = 6;
    private static final int WORDS = WINDOW >> WORD;

    /** What an ASK in a stream means. */
    public enum Outcome {
        /** It opens the exchange. */
        NEW,
        /** A copy of it has opened the exchange already. */
        REPEATED,
        /** The id is used up. */
        USED
    }

    private final int mostCopies;
    private final long[] recent = new long[WORDS];
    /** Opened by a copy, and their stream has not come. */
    private final Set<Long> copied = new HashSet<>();
    private long highest;

    /** {@code mostCopies}: exchanges that may be open without a stream. */
    public Openings(int mostCopies) {
        this.mostCopies = mostCopies;
    }

    /** An ASK came in a stream; ids are 1 or more. */
    public Outcome asked(long id) {
        if (copied.remove(id)) {
            return Outcome.REPEATED;
        }
        return open(id) ? Outcome.NEW : Outcome.USED;
    }

    /** A copy of an ASK came in a datagram: whether it opens the exchange. */
    public boolean copied(long id) {
        if (opened(id) || copied.size() >= mostCopies) {
            return false;
        }
        open(id);
        copied.add(id);
        return true;
    }

    private boolean open(long id) {
        if (opened(id)) {
            return false;
        }
        if (id - highest >= WINDOW) {
            Arrays.fill(recent, 0);
        } else {
            for (long each = highest + 1; each < id; each++) {
                mark(each, false); // the place of an id that has left the window
            }
        }
        mark(id, true);
        highest = Math.max(highest, id);
        return true;
    }

    private void mark(long id, boolean opened) {
        int word = (int) (id >> WORD) & WORDS - 1;
        recent[word] = opened ? recent[word] | 1L << id : recent[word] & ~(1L << id);
    }

    /** Whether this id has been opened, or is too old to be. */
    public boolean opened(long id) {
        if (id > highest) {
            return false;
        }
        return highest - id >= WINDOW || (recent[(int) (id >> WORD) & WORDS - 1] >> id & 1) != 0;
    }

    /** The highest id opened; 0 before the first. */
    public long highest() {
        return highest;
    }
}
