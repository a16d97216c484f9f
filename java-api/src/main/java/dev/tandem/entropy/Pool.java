package dev.tandem.entropy;

import java.util.function.Supplier;

/** Things to be used again. A few are kept; one more is left to the collector, which frees its memory. Any thread. */
public final class Pool<T> {
    private final Supplier<T> maker;
    private final Object[] kept = new Object[16];
    private int count;

    public Pool(Supplier<T> maker) {
        this.maker = maker;
    }

    @SuppressWarnings("unchecked")
    public T take() {
        synchronized (this) {
            if (count > 0) {
                T thing = (T) kept[--count];
                kept[count] = null;
                return thing;
            }
        }
        return maker.get();
    }

    public synchronized void give(T thing) {
        if (count < kept.length) {
            kept[count++] = thing;
        }
    }
}
