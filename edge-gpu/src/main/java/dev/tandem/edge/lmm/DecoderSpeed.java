package dev.tandem.edge.lmm;

/**
 * How fast the decoder is at batch 1.
 *
 * @param promptTokens
 *            positions read at once
 * @param prefillNanos
 *            time for them, ns
 * @param newTokens
 *            tokens made one after the other behind them
 * @param decodeNanos
 *            time for those, ns: choice, embedding and decoder run of each
 */
public record DecoderSpeed(int promptTokens, long prefillNanos, int newTokens, long decodeNanos) {
    /** Prompt tokens a second. */
    public double prefillPerSecond() {
        return promptTokens * 1e9 / prefillNanos;
    }

    /** New tokens a second. */
    public double decodePerSecond() {
        return newTokens * 1e9 / decodeNanos;
    }
}
