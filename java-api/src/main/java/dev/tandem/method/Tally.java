package dev.tandem.method;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an answer took.
 *
 * @param counts     by name (docs/wire.md section 2), in order
 * @param stageNanos nanoseconds of each stage, in order
 * @param cancelled  whether it ended early because nobody waited for it any more
 */
public record Tally(Map<String, Long> counts, Map<String, Long> stageNanos, boolean cancelled) {
    public Tally {
        counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
        stageNanos = Collections.unmodifiableMap(new LinkedHashMap<>(stageNanos));
    }
}
