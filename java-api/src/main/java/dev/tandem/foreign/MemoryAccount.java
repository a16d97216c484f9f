package dev.tandem.foreign;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts off-heap bytes against a hard cap. The JVM's own limit on direct memory does not see explicit arenas, so
 * without this a container or a small board ends the process instead of us saying what was too much.
 * <p>
 * <b>Threads:</b> any; counters are atomic.
 */
public final class MemoryAccount {
    /** Sets the cap of {@link #process()} in bytes. */
    public static final String CAP_PROPERTY = "tandem.offheap.max.bytes";

    private static final MemoryAccount PROCESS = new MemoryAccount("process", cap());

    private final String name;
    private final long capBytes;
    private final AtomicLong reserved = new AtomicLong();
    private final AtomicLong highWater = new AtomicLong();

    /**
     * @param name
     *            for messages
     * @param capBytes
     *            never exceeded
     */
    public MemoryAccount(String name, long capBytes) {
        if (capBytes < 0)
            throw new IllegalArgumentException("the cap of [" + name + "] must be 0 or more, found [" + capBytes + "]");
        this.name = name;
        this.capBytes = capBytes;
    }

    /** The account of the whole process; its cap is the property, or else the machine's (or container's) memory. */
    public static MemoryAccount process() {
        return PROCESS;
    }

    /** Bytes held now. */
    public long reservedBytes() {
        return reserved.get();
    }

    /** Most bytes ever held at once. */
    public long highWaterBytes() {
        return highWater.get();
    }

    /** The hard cap. */
    public long capBytes() {
        return capBytes;
    }

    /**
     * Takes bytes, or throws and takes none.
     *
     * @throws OffHeapLimitException
     *             if the cap would be exceeded
     */
    void reserve(long bytes) {
        long before;
        do {
            before = reserved.get();
            if (bytes > capBytes - before)
                throw new OffHeapLimitException(name, bytes, before, capBytes);
        } while (!reserved.compareAndSet(before, before + bytes));
        highWater.accumulateAndGet(before + bytes, Math::max);
    }

    void release(long bytes) {
        reserved.addAndGet(-bytes);
    }

    private static long cap() {
        Long asked = Long.getLong(CAP_PROPERTY);
        if (asked != null)
            return asked;
        return java.lang.management.ManagementFactory
                .getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                        ? system.getTotalMemorySize()
                        : Long.MAX_VALUE;
    }
}
