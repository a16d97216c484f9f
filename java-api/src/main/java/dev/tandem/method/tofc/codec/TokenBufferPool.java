package dev.tandem.method.tofc.codec;

/** Buffers by their number of tokens, used again. Keeps at most {@value #MOST_BYTES} bytes; what is more, or for a great many tokens, is left to the collector. Any thread. */
final class TokenBufferPool {
    private static final long MOST_BYTES = 16L << 20;
    private static final int MOST_TOKENS = 1024;

    private final TokenBuffers[] kept = new TokenBuffers[MOST_TOKENS + 1];
    private long keptBytes;

    /** For that many tokens. */
    TokenBuffers take(int tokens) {
        synchronized (this) {
            if (tokens <= MOST_TOKENS && kept[tokens] != null) {
                TokenBuffers buffers = kept[tokens];
                kept[tokens] = buffers.next;
                keptBytes -= buffers.bytes();
                buffers.next = null;
                return buffers;
            }
        }
        return new TokenBuffers(tokens);
    }

    /** Nobody uses them any more; null is ignored. */
    synchronized void give(TokenBuffers buffers) {
        if (buffers != null && buffers.tokens() <= MOST_TOKENS && keptBytes + buffers.bytes() <= MOST_BYTES) {
            buffers.next = kept[buffers.tokens()];
            kept[buffers.tokens()] = buffers;
            keptBytes += buffers.bytes();
        }
    }
}
