package dev.tandem.edge.lmm;

import java.util.Arrays;
import java.util.Objects;

/**
 * One answer with its timings.
 *
 * @param text
 *            the whole text: exactly the streamed words, one after the other
 * @param ids
 *            the token ids chosen, without the stop token
 * @param promptTokens
 *            positions of the prompt, picture included (those of a reused prefix count too)
 * @param prefillNanos
 *            time from the call to the first logits, ns; the prefix's own prefill is in {@link Prefix}
 * @param firstWordNanos
 *            time from the call to the first text handed out, ns; 0 if there was none
 * @param totalNanos
 *            time of the whole call, ns
 * @param finish
 *            why it ended
 */
public record Generated(String text, int[] ids, int promptTokens, long prefillNanos, long firstWordNanos,
        long totalNanos,
        Finish finish) {
    public Generated {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(finish, "finish");
        ids = ids.clone();
    }

    /** A copy of the token ids. */
    @Override
    public int[] ids() {
        return ids.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Generated a && a.text.equals(text) && Arrays.equals(a.ids, ids)
                && a.promptTokens == promptTokens && a.prefillNanos == prefillNanos
                && a.firstWordNanos == firstWordNanos && a.totalNanos == totalNanos && a.finish == finish;
    }

    @Override
    public int hashCode() {
        return Objects.hash(text, Arrays.hashCode(ids), promptTokens, totalNanos, finish);
    }

    @Override
    public String toString() {
        return "Generated[" + text + ", tokens=" + ids.length + " after " + promptTokens + ", " + finish + "]";
    }
}
