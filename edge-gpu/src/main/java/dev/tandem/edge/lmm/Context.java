package dev.tandem.edge.lmm;

import java.lang.foreign.Arena;
import java.util.function.BooleanSupplier;

/**
 * Where the model stands in a text: a cache and how many of its positions count. With two caches each run reads one and
 * writes the other, so that past and present change places; with one (graphs that can, see {@link InPlaceProbe}) each
 * run writes its positions behind the others. A prefix's cache is only read.
 */
final class Context {
    private final Decoder decoder;
    private final PromptEmbedder prompt;
    private final int chunk;
    private final KvCache first;
    private final KvCache second;
    private KvCache past;
    private int length;

    /** {@code second} is null to extend {@code first} in place. */
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
        length = prefix.length();
        past = second == null ? first : prefix.cache();
        if (second == null) {
            first.copy(prefix.cache(), length);
        }
    }

    /** Positions behind us. */
    int length() {
        return length;
    }

    boolean inPlace() {
        return second == null;
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
            if (cancelled.getAsBoolean()) {
                return false;
            }
            advance(done, Math.min(chunk, prompt.length() - done), other());
        }
        return true;
    }

    /**
     * Runs a text's opening and leaves keys and values in a cache of its own, exactly as long as the text.
     *
     * @return null if it was cancelled between chunks
     */
    KvCache prefillInto(Arena arena, DecoderLayout layout, BooleanSupplier cancelled) {
        restart();
        KvCache own = KvCache.allocate(arena, layout, prompt.length());
        if (second == null) {
            past = own;
        }
        for (int done = 0; done < prompt.length(); done += chunk) {
            if (cancelled.getAsBoolean()) {
                return null;
            }
            boolean last = prompt.length() - done <= chunk;
            advance(done, Math.min(chunk, prompt.length() - done), last ? own : other());
        }
        return own;
    }

    /** Where the next run writes. */
    private KvCache other() {
        return second == null ? past : past == first ? second : first;
    }

    private void advance(int start, int count, KvCache present) {
        if (past == present) {
            decoder.runInPlace(prompt.place(start, count), past, length);
        } else {
            decoder.run(prompt.place(start, count), past, length, present);
        }
        past = present;
        length += count;
    }
}
