package dev.tandem.edge.lmm;

import java.util.List;

/**
 * Ends a stream of text before the first of some texts. What could be the beginning of one is held back until it is
 * certain.
 */
final class StopTexts {
    private final List<String> stops;
    private final StringBuilder held = new StringBuilder();
    private boolean hit;

    StopTexts(List<String> stops) {
        this.stops = stops;
    }

    /** Whether one of the texts has appeared; nothing is passed on after that. */
    boolean hit() {
        return hit;
    }

    /** Adds a piece; returns what may be passed on. */
    String pass(String piece) {
        if (hit || stops.isEmpty()) {
            return hit ? "" : piece;
        }
        held.append(piece);
        int first = stops.stream().mapToInt(held::indexOf).filter(at -> at >= 0).min().orElse(-1);
        hit = first >= 0;
        return hit ? take(first) : take(held.length() - longestBeginning());
    }

    /** What was held back in vain; to be called when the stream has ended. */
    String finish() {
        return hit ? "" : take(held.length());
    }

    private String take(int length) {
        String text = held.substring(0, length);
        held.delete(0, length);
        return text;
    }

    private int longestBeginning() {
        int longest = 0;
        for (String stop : stops) {
            for (int length = Math.min(stop.length() - 1, held.length()); length > longest; length--) {
                if (held.substring(held.length() - length).equals(stop.substring(0, length))) {
                    longest = length;
                }
            }
        }
        return longest;
    }
}
