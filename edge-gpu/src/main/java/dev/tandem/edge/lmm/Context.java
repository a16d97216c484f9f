package dev.tandem.edge.lmm;

import java.lang.foreign.Arena;
import java.util.function.BooleanSupplier;

/**
 * Where the model stands in a text: a cache and how many of its positions count. Each run reads it and writes the other
 * of two caches, so that past and present change places without a copy. It may start from a prefix's cache, which is
 * only read.
 */
final class Context {
    private final Decoder decoder;
    private final PromptEmbedder prompt;
    private final int chunk;
    private final KvCache first;
    private final KvCache second;
    private KvCache past;
    private int length;

    Context(Decoder decoder, PromptEmbedder prompt, KvCache first, KvCache second, int chunk) {
        this.decoder = decoder;
        this.prompt = prompt;
        this.first = first;
        this.second = second;
        this.chunk = chunk;
        this.past = first;
    }

    /** Stands at the start of a text. */
    void restart() {
        past = first;
        length = 0;
    }

    /** Stands behind a prefix. */
    void restart(Prefix prefix) {
        past = prefix.cache();
        length = prefix.length();
    }

    /** Positions behind us. */
    int length() {
        return length;
    }

    int capacity() {
        return first.capacity();
    }

    /** Logits behind the last position; the array is reused. */
    float[] logits() {
        return decoder.lastLogits();
    }

    /**
     * Runs the whole prompt, a chunk at a time.
     *
     * @return false if it was cancelled between chunks
     */
    boolean prefill(BooleanSupplier cancelled) {
        for (int done = 0; done < prompt.length(); done += chunk) {
            if (cancelled.getAsBoolean())
                return false;
            advance(done, Math.min(chunk, prompt.length() - done), past == first ? second : first);
        }
        return true;
    }

    /** Runs the whole prompt and leaves keys and values in a cache of its own, exactly as long as the text so far. */
    KvCache prefillInto(Arena arena, DecoderLayout layout) {
        KvCache own = KvCache.allocate(arena, layout, length + prompt.length());
        for (int done = 0; done < prompt.length(); done += chunk) {
            boolean last = prompt.length() - done <= chunk;
            advance(done, Math.min(chunk, prompt.length() - done), last ? own : past == first ? second : first);
        }
        return own;
    }

    private void advance(int start, int count, KvCache present) {
        decoder.run(prompt.place(start, count), past, length, present);
        past = present;
        length += count;
    }
}
