package dev.tandem.foreign;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts off-heap bytes against a hard cap, in a tree of owners: what an owner holds counts in its parent too, up to
 * the root. The JVM's own limit on direct memory does not see explicit arenas, so without this a container or a small
 * board ends the process instead of us saying what was too much.
 * <p>
 * <b>Threads:</b> any; counters are atomic, and nothing is allocated to count.
 */
public final class MemoryAccount {
    /** Sets the cap of {@link #process()} in bytes. */
    public static final String CAP_PROPERTY = "tandem.offheap.max.bytes";

    private static final MemoryAccount PROCESS = new MemoryAccount("process", MemoryCap.ofProcess());

    private final MemoryAccount parent;
    private final String name;
    private final long ownCap;
    private final AtomicLong reserved = new AtomicLong();
    private final AtomicLong highWater = new AtomicLong();
    private final Map<String, MemoryAccount> owners = new ConcurrentSkipListMap<>();

    /**
     * What an account holds.
     *
     * @param bytes
     *            now
     * @param highWater
     *            most bytes ever held at once
     */
    public record Usage(long bytes, long highWater) {}

    /**
     * A root.
     *
     * @param name
     *            for messages
     * @param capBytes
     *            never exceeded
     */
    public MemoryAccount(String name, long capBytes) {
        this(null, name, capBytes);
    }

    private MemoryAccount(MemoryAccount parent, String name, long cap) {
        if (cap < 0) {
            throw new IllegalArgumentException("the cap of [" + name + "] must be 0 or more, found [" + cap + "]");
        }
        this.parent = parent;
        this.name = name;
        this.ownCap = cap;
    }

    /**
     * The account of the whole process; its cap is the property, or else the machine's (or container's) memory
     * without the heap's.
     */
    public static MemoryAccount process() {
        return PROCESS;
    }

    /** The account of that owner within this one, made at the first call; it has no cap but this account's. */
    public MemoryAccount owner(String owner) {
        return owner(owner, Long.MAX_VALUE);
    }

    /**
     * As {@link #owner(String)}, with a cap of its own besides.
     *
     * @param owner
     *            short and stable, as metrics show it: not blank, without a slash
     * @param cap
     *            counts where this call makes the account; a later call may not ask for another one
     * @throws IllegalArgumentException
     *             for such a name
     * @throws IllegalStateException
     *             if the account is there with another cap, unless this call leaves the cap open
     */
    public MemoryAccount owner(String owner, long cap) {
        if (owner.isBlank() || owner.indexOf('/') >= 0) {
            throw new IllegalArgumentException("an owner of memory is called [" + owner + "]; needed a name without /");
        }
        MemoryAccount found = owners.computeIfAbsent(owner, name -> new MemoryAccount(this, name, cap));
        if (cap != Long.MAX_VALUE && cap != found.ownCap) {
            throw new IllegalStateException("cannot cap the account [" + found.path() + "] at [" + cap
                    + "] bytes: it was made with [" + found.ownCap + "]");
        }
        return found;
    }

    /** Every owner below this account by name, {@code parent/child} for those further down, with what it holds. */
    public Map<String, Usage> owners() {
        Map<String, Usage> all = new TreeMap<>();
        collect("", all);
        return Collections.unmodifiableMap(all);
    }

    private void collect(String before, Map<String, Usage> all) {
        owners.forEach((owner, account) -> {
            all.put(before + owner, account.usage());
            account.collect(before + owner + "/", all);
        });
    }

    /** What is held here, owners below counted. */
    public Usage usage() {
        return new Usage(reserved.get(), highWater.get());
    }

    /** Bytes held now. */
    public long reservedBytes() {
        return reserved.get();
    }

    /** Most bytes ever held at once. */
    public long highWaterBytes() {
        return highWater.get();
    }

    /** The hard cap: the least of its own and those above it. */
    public long capBytes() {
        return parent == null ? ownCap : Math.min(ownCap, parent.capBytes());
    }

    /**
     * Takes bytes here and in every account above, or throws and takes none.
     *
     * @throws OffHeapLimitException
     *             if a cap would be exceeded; it names the account whose cap it is
     */
    void reserve(long bytes) {
        MemoryAccount full = take(bytes);
        if (full != null) {
            throw new OffHeapLimitException(full, bytes, full.reservedBytes(), full.ownCap);
        }
    }

    /** The account whose cap stands against it, which nothing was taken from then; null where none does. */
    private MemoryAccount take(long bytes) {
        long before;
        do {
            before = reserved.get();
            if (bytes > ownCap - before) {
                return this;
            }
        } while (!reserved.compareAndSet(before, before + bytes));
        MemoryAccount full = parent == null ? null : parent.take(bytes);
        if (full != null) {
            reserved.addAndGet(-bytes);
        } else {
            highWater.accumulateAndGet(before + bytes, Math::max);
        }
        return full;
    }

    void release(long bytes) {
        for (MemoryAccount account = this; account != null; account = account.parent) {
            account.reserved.addAndGet(-bytes);
        }
    }

    /** For messages: {@code process}, {@code encoder}, {@code encoder/part}. */
    String path() {
        return parent == null || parent.parent == null ? name : parent.path() + "/" + name;
    }
}
