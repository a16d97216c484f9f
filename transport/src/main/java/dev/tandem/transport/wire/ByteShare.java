package dev.tandem.transport.wire;

import dev.tandem.transport.session.TokenBucket;
import java.util.concurrent.atomic.AtomicLong;

/** What one device holds of a {@link ByteBudget}. Thread safe. */
public final class ByteShare implements AutoCloseable {
    private static final long MIB = 1 << 20;
    /**
     * What a device may say at once, and in each second after that, by all its connections: more is left in its socket
     * for a while, so that reading it leaves the edge's processors to others.
     */
    static final long READ_BYTES_AT_ONCE = 4 * MIB;
    static final long READ_BYTES_PER_SECOND = 16 * MIB;
    /** What many connections that each read a little may owe together: 8 s. */
    private static final long MOST_OWED = 8 * READ_BYTES_PER_SECOND;

    private final ByteBudget budget;
    private final String device;
    private final AtomicLong used = new AtomicLong();
    /** Guarded by itself. */
    private final TokenBucket reading = new TokenBucket(READ_BYTES_AT_ONCE, READ_BYTES_PER_SECOND,
            System.nanoTime());
    /** Connections that have it; guarded by the budget's table. */
    int holders;

    ByteShare(ByteBudget budget, String device) {
        this.budget = budget;
        this.device = device;
    }

    /** Of nobody: counted and never refused, for an end or a time that needs no budget. */
    public static ByteShare unlimited() {
        return new ByteShare(new ByteBudget(Long.MAX_VALUE), "");
    }

    String device() {
        return device;
    }

    /** Takes so many bytes, if the device may hold them beside what it has; what is taken must be given back. */
    public boolean take(long bytes) {
        long own = used.addAndGet(bytes);
        if (own <= budget.most() - budget.add(bytes)) {
            return true;
        }
        give(bytes);
        return false;
    }

    /** Takes them in any case: what is there already, or must be said. */
    public void owe(long bytes) {
        used.addAndGet(bytes);
        budget.add(bytes);
    }

    public void give(long bytes) {
        used.addAndGet(-bytes);
        budget.add(-bytes);
    }

    /** So many bytes were read. How long nothing more shall be read of this device, in ns. */
    long read(int bytes) {
        if (budget.most() == Long.MAX_VALUE) {
            return 0;
        }
        synchronized (reading) {
            return reading.owe(bytes, MOST_OWED, System.nanoTime());
        }
    }

    /**
     * One of its connections is being ended for what it did: by the next one it is heard a second later. Not later the
     * more often it happens: what waits is memory, and whoever behaves again is heard again.
     */
    public void refused() {
        synchronized (reading) {
            reading.owe(READ_BYTES_AT_ONCE + READ_BYTES_PER_SECOND, READ_BYTES_PER_SECOND, System.nanoTime());
        }
    }

    /** Bytes that the device holds. */
    public long used() {
        return used.get();
    }

    /** Why {@link #take} refused so many bytes, in words for the device. */
    public String refusal(long bytes) {
        return "the edge has no room for [" + bytes + "] bytes more of this device: it holds [" + used.get()
                + "] already, and [" + (budget.most() - budget.used()) / MIB + "] of [" + budget.most() / MIB
                + "] MiB are free for all; send less at once, read what was answered, or ask later";
    }

    /** The connection has ended, and all that it took was given back. */
    @Override
    public void close() {
        budget.leave(this);
    }
}
