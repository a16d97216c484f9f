package dev.tandem.foreign;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An arena whose bytes are counted by a {@link MemoryAccount} until it is closed. Use a confined one for the scratch of
 * one call or one thread; a shared one once a session or pool, never one an exchange, because closing it stops every
 * thread for a moment. Whoever makes one closes it: nothing off the heap is left to the garbage collector.
 * <p>
 * <b>Threads:</b> those of the arena inside: one for confined, any for shared. Closing twice throws, as arenas do.
 */
public final class CountedArena implements Arena {
    private final Arena arena;
    private final MemoryAccount account;
    private final AtomicLong bytes = new AtomicLong();

    private CountedArena(Arena arena, MemoryAccount account) {
        this.arena = arena;
        this.account = account;
    }

    /** For one thread, counted by its owner's account. */
    public static CountedArena confined(MemoryAccount account) {
        return new CountedArena(Arena.ofConfined(), account);
    }

    /** For any thread, counted by its owner's account. */
    public static CountedArena shared(MemoryAccount account) {
        return new CountedArena(Arena.ofShared(), account);
    }

    /**
     * Zeroed memory.
     *
     * @throws OffHeapLimitException
     *             if the account's cap would be exceeded
     */
    @Override
    public MemorySegment allocate(long byteSize, long byteAlignment) {
        if (byteSize < 0) {
            throw new IllegalArgumentException("cannot allocate a negative number of bytes, found [" + byteSize + "]");
        }
        account.reserve(byteSize);
        try {
            MemorySegment segment = arena.allocate(byteSize, byteAlignment);
            bytes.addAndGet(byteSize);
            return segment;
        } catch (RuntimeException | Error e) {
            account.release(byteSize);
            throw e;
        }
    }

    /** Bytes allocated from this arena. */
    public long allocatedBytes() {
        return bytes.get();
    }

    @Override
    public MemorySegment.Scope scope() {
        return arena.scope();
    }

    @Override
    public void close() {
        arena.close();
        account.release(bytes.getAndSet(0));
    }
}
