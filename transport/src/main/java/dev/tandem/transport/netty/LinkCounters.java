package dev.tandem.transport.netty;

import dev.tandem.transport.frame.ErrorCode;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts how exchanges and connections ended on an edge. Thread safe; readings of several counters are not one moment. */
public final class LinkCounters {
    private final Map<ErrorCode, LongAdder> ended = new EnumMap<>(ErrorCode.class);
    private final LongAdder answered = new LongAdder();
    private final LongAdder lateFrames = new LongAdder();

    LinkCounters() {
        for (ErrorCode each : ErrorCode.values()) {
            ended.put(each, new LongAdder());
        }
    }

    void countEnd(ErrorCode code) {
        ended.get(code).increment();
    }

    void countAnswer() {
        answered.increment();
    }

    void countLateFrame() {
        lateFrames.increment();
    }

    /** Exchanges that ended with DONE. */
    public long answered() {
        return answered.sum();
    }

    /** Frames that came after their exchange had ended, and were dropped. */
    public long lateFrames() {
        return lateFrames.sum();
    }

    /** Exchanges and connections that ended with this code, here or told by the other end. */
    public long ended(ErrorCode code) {
        return ended.get(code).sum();
    }
}
