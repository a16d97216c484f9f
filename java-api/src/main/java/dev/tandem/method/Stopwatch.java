package dev.tandem.method;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Time between marks, by stage, in order. One picture, one thread. */
public final class Stopwatch {
    private final Map<String, Long> nanos = new LinkedHashMap<>();
    private long last = System.nanoTime();

    /** Ends a stage: the time since the previous mark, or since this object was made, is added to it. */
    public void mark(String stage) {
        long now = System.nanoTime();
        nanos.merge(stage, now - last, Long::sum);
        last = now;
    }

    /** Nanoseconds of each stage so far. */
    public Map<String, Long> nanos() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(nanos));
    }
}
