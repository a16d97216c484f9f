package dev.tandem.edge.lmm;

import java.util.Arrays;

/**
 * Turns tokens into text as they come. A piece is handed out only when no later token can change it: a character cut in
 * the middle of its UTF-8 bytes waits. A token's text can depend on the one before it (leading spaces), so each step
 * decodes a short window that starts one piece back and hands out what is new. The pieces, {@link #finish()} included,
 * are together the text of all tokens.
 */
final class WordStream {
    private static final char REPLACEMENT = '\uFFFD';

    private final TextTokenizer tokenizer;
    private long[] ids = new long[64];
    private int count;
    private int windowStart;
    private int handedOut;

    WordStream(TextTokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /** Adds a token; returns the text that is now certain, often one word, possibly empty. */
    String add(int id) {
        if (count == ids.length) {
            ids = Arrays.copyOf(ids, count * 2);
        }
        ids[count++] = id;
        String text = pending();
        if (text.isEmpty() || text.charAt(text.length() - 1) == REPLACEMENT) {
            return "";
        }
        windowStart = handedOut;
        handedOut = count;
        return text;
    }

    /** What is left when no token follows; an unfinished character becomes U+FFFD. */
    String finish() {
        String text = pending();
        windowStart = handedOut;
        handedOut = count;
        return text;
    }

    private String pending() {
        String known = tokenizer.decode(Arrays.copyOfRange(ids, windowStart, handedOut));
        String all = tokenizer.decode(Arrays.copyOfRange(ids, windowStart, count));
        return all.length() > known.length() ? all.substring(known.length()) : "";
    }
}
