package dev.tandem.foreign;

import java.util.function.IntFunction;

/**
 * Things to be used again, of one size or of several. Keeps at most a number of them and at most their bytes; the
 * oldest goes first, and one that nobody took during the last {@value #PATIENCE} calls of {@link #take} goes too, so a
 * pool shrinks again after a busy time.
 * <p>
 * <b>Ownership:</b> what was taken is the caller's until given back; the pool frees what it does not keep. Close the
 * pool to free the rest; what is still out then is freed when it comes back. <b>Threads:</b> any. Taking and giving
 * allocate nothing once the things are there.
 *
 * @param <T>
 *            what is kept
 */
public final class Pool<T extends Pool.Item> implements AutoCloseable {
    static final int PATIENCE = 1024;

    private final IntFunction<T> maker;
    private final Item[] kept;
    private final long[] givenAt;
    private final long mostBytes;
    private int count;
    private long keptBytes;
    private long takes;
    private boolean closed;

    /** A thing that a pool can keep. */
    public interface Item {
        /** What it was made for; a pool of equal things says 0. */
        default int size() {
            return 0;
        }

        /** What it holds, on the heap and off it; asked for when it comes back. */
        long bytes();

        /** Gives back what it holds off the heap; called once, by the pool. */
        void free();
    }

    /**
     * An empty pool.
     *
     * @param most
     *            things kept, at least 1
     * @param mostBytes
     *            bytes that the things kept may hold together; a larger one is never kept
     * @param maker
     *            makes a thing of a size
     */
    public Pool(int most, long mostBytes, IntFunction<T> maker) {
        if (most < 1 || mostBytes < 0) {
            throw new IllegalArgumentException("a pool of at most [" + most + "] things and [" + mostBytes
                    + "] bytes; needed at least 1 and 0");
        }
        this.maker = maker;
        this.mostBytes = mostBytes;
        kept = new Item[most];
        givenAt = new long[most];
    }

    /** As {@link #take(int)}, where all things are equal. */
    public T take() {
        return take(0);
    }

    /**
     * The thing of that size that came back last, or a new one.
     *
     * @throws IllegalStateException
     *             if the pool is closed
     */
    @SuppressWarnings("unchecked")
    public T take(int size) {
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException("cannot take from a pool that is closed: its owner is gone");
            }
            takes++;
            for (int i = count - 1; i >= 0; i--) {
                if (kept[i].size() == size) {
                    return (T) remove(i);
                }
            }
        }
        return maker.apply(size);
    }

    /** Nobody uses it any more; null is ignored. */
    public void give(T thing) {
        if (thing != null) {
            free(keep(thing));
            for (Item old = old(); old != null; old = old()) {
                old.free();
            }
        }
    }

    /** Frees what is kept. Closing twice does nothing. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        for (Item old = old(); old != null; old = old()) {
            old.free();
        }
    }

    /** What must go to make room: the oldest, the thing itself, or nothing. */
    private synchronized Item keep(Item thing) {
        if (closed || thing.bytes() > mostBytes) {
            return thing;
        }
        Item leaving = count == kept.length ? remove(0) : null;
        kept[count] = thing;
        givenAt[count] = takes;
        count++;
        keptBytes += thing.bytes();
        return leaving;
    }

    /** The oldest, where there is a reason to let it go. */
    private synchronized Item old() {
        boolean goes = count > 0 && (closed || keptBytes > mostBytes || takes - givenAt[0] > PATIENCE);
        return goes ? remove(0) : null;
    }

    private Item remove(int at) {
        Item thing = kept[at];
        count--;
        System.arraycopy(kept, at + 1, kept, at, count - at);
        System.arraycopy(givenAt, at + 1, givenAt, at, count - at);
        kept[count] = null;
        keptBytes -= thing.bytes();
        return thing;
    }

    private static void free(Item thing) {
        if (thing != null) {
            thing.free();
        }
    }
}
