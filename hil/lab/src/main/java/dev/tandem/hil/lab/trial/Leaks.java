package dev.tandem.hil.lab.trial;

import io.netty.buffer.ByteBufUtil;
import io.netty.util.ResourceLeakDetector;
import java.util.concurrent.atomic.LongAdder;

/** Netty's buffers of this process that were collected and never released. */
final class Leaks {
    private static final LongAdder SEEN = new LongAdder();

    private Leaks() {
    }

    /** From now on every buffer is tracked, which costs time: not for trials that measure it. */
    static void watch() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        ByteBufUtil.setLeakListener((type, records) -> SEEN.increment());
    }

    /** So far; a leak is noticed when the next buffer is made after its collection. */
    static long count() {
        return SEEN.sum();
    }
}
