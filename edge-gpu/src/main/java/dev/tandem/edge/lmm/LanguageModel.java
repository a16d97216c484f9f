package dev.tandem.edge.lmm;

import dev.tandem.foreign.CountedArena;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.method.Host;
import dev.tandem.method.tokens.TokenSet;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A pack's language model: reads a picture's tokens, then answers questions in words. The prompt is {@code prefix |
 * picture | separator || question suffix}; what stands before the bars is read once ({@link Prefix}) and shared by all
 * questions on the picture.
 * <p>
 * <b>Memory:</b> two caches of full capacity (one, where the graph can extend it in place), off-heap, plus one exact
 * one a live prefix; see {@link #memoryBytes()}. Keys and values never pass through the heap. All of it counts under
 * the owner {@code language} of the host's account, prefixes under {@code language/readings}. <b>Ownership:</b> the
 * engine stays the caller's; close prefixes, then the model, then the engine. <b>Threads:</b> all calls, close
 * included, on the thread that opened it.
 */
public final class LanguageModel implements AutoCloseable {
    /** Positions that are read at once; between two runs it is asked whether anybody still waits. */
    private static final int CHUNK = 128;

    private final LanguageSettings spec;
    private final LanguageGraphs graphs;
    private final CountedArena arena;
    private final MemoryAccount readings;
    private final PromptTexts texts;
    private final PromptEmbedder prompt;
    private final Decoder decoder;
    private final Context context;
    private final long ownBytes;
    private final Set<Prefix> prefixes = new HashSet<>();

    private LanguageModel(LanguageSettings spec, LanguageGraphs graphs, MemoryAccount memory, CountedArena arena,
            int maxTokens, boolean mayShare) {
        this.spec = spec;
        this.graphs = graphs;
        this.readings = memory.owner("readings");
        this.arena = arena;
        DecoderLayout layout = graphs.layout();
        int chunk = Math.min(maxTokens, layout.lastOnly() ? CHUNK : CHUNK / 2);
        texts = new PromptTexts(spec, graphs.tokenizer(), maxTokens);
        KvCache first = KvCache.allocate(arena, layout, maxTokens);
        prompt = new PromptEmbedder(graphs.embedTokens(), graphs.projector(), layout, arena, maxTokens);
        decoder = new Decoder(graphs.decoder(), layout, arena, first, chunk);
        KvCache second = mayShare && canShare(layout, memory) ? null : KvCache.allocate(arena, layout, maxTokens);
        context = new Context(decoder, prompt, first, second, chunk);
        ownBytes = first.bytes() + (second == null ? 0 : second.bytes()) + prompt.bytes() + decoder.bytes();
    }

    private boolean canShare(DecoderLayout layout, MemoryAccount memory) {
        long[] text = graphs.tokenizer().encode("The quick brown fox jumps over the lazy dog.");
        prompt.clear().text(Arrays.copyOf(text, Math.min(text.length, Math.min(8, prompt.capacity()))));
        return InPlaceProbe.works(decoder, layout, prompt, memory);
    }

    /**
     * Opens the model of a pack's language head.
     *
     * @param maxTokens longest context, prompt and answer together; the pack's limit if that is lower
     * @throws dev.tandem.pack.PackException             if the graphs are not those that the pack declares
     * @throws dev.tandem.foreign.OffHeapLimitException if the caches do not fit into the host's memory
     * @throws IllegalArgumentException                  if the graphs are not of the supported form, with what was
     *                                                   found
     */
    public static LanguageModel open(LanguageSection section, Host host, int maxTokens) {
        LanguageSettings spec = section.settings();
        LanguageGraphs graphs = LanguageGraphs.open(section.pack(), spec, host.engine());
        return of(spec, graphs, host.memory().owner(LanguageKind.KIND), Math.min(maxTokens, spec.maxTokens()), true);
    }

    /**
     * Owns the graphs, and closes them when it fails; {@code mayShare} false keeps to two caches even where the graph
     * could extend one in place.
     */
    static LanguageModel of(LanguageSettings spec, LanguageGraphs graphs, MemoryAccount memory, int maxTokens,
            boolean mayShare) {
        CountedArena arena = CountedArena.confined(memory);
        try {
            return new LanguageModel(spec, graphs, memory, arena, maxTokens, mayShare);
        } catch (RuntimeException e) {
            graphs.close();
            arena.close();
            throw e;
        }
    }

    /** Whether the graph extends one cache in place; otherwise past and present change places each step. */
    public boolean inPlace() {
        return context.inPlace();
    }

    /** Longest context in tokens, prompt and answer together. */
    public int maxTokens() {
        return context.capacity();
    }

    /** Off-heap bytes held now, live prefixes included; the engine's own (weights, work space) are not in it. */
    public long memoryBytes() {
        return ownBytes + prefixes.stream().mapToLong(Prefix::bytes).sum();
    }

    /**
     * Refuses a question that does not fit behind a picture, before anything is read.
     *
     * @param tokens
     *            the picture's; null for a question without a picture
     * @throws IllegalArgumentException
     *             in words; also for a question that contains a control token
     */
    public void check(TokenSet tokens, String question) {
        texts.question(question, texts.before(tokens == null ? -1 : tokens.count()));
    }

    /** As {@link #prefill(TokenSet, BooleanSupplier)}, for somebody who waits. */
    public Prefix prefill(TokenSet tokens) {
        return prefill(tokens, () -> false);
    }

    /**
     * Reads a picture, or nothing but the text that opens a question. The caller closes the result.
     *
     * @param tokens
     *            the picture's tokens; null for a question without a picture
     * @param cancelled
     *            asked before each {@value #CHUNK} positions
     * @return null once it is cancelled
     * @throws IllegalArgumentException
     *             if the tokens are not of the projector's width or leave no room for a question
     */
    public Prefix prefill(TokenSet tokens, BooleanSupplier cancelled) {
        long start = System.nanoTime();
        prompt.clear().text(texts.prefix());
        if (tokens != null) {
            prompt.picture(tokens).text(texts.separator());
        }
        long projected = System.nanoTime();
        CountedArena own = CountedArena.confined(readings);
        try {
            KvCache cache = context.prefillInto(own, graphs.layout(), cancelled);
            if (cache == null) {
                own.close();
                return null;
            }
            Prefix prefix = new Prefix(this, own, cache, tokens == null ? 0 : tokens.count(), projected - start,
                    System.nanoTime() - projected);
            prefixes.add(prefix);
            return prefix;
        } catch (RuntimeException e) {
            own.close();
            throw e;
        }
    }

    /**
     * Answers a question.
     *
     * @param words
     *            gets the text piece by piece on this thread; the pieces joined are the answer's text
     * @param cancelled
     *            asked before each token; true ends the answer with what there is
     * @throws IllegalArgumentException
     *             if the question does not fit behind the prefix, or contains a control token
     */
    public Generated generate(Prefix prefix, String question, Sampling sampling, Consumer<String> words,
            BooleanSupplier cancelled) {
        long start = System.nanoTime();
        place(prefix, question);
        return new Generation(context, prompt, graphs.tokenizer(), spec.stopTokens(), sampling, words).run(start,
                cancelled);
    }

    /**
     * Measures the decoder: reads {@code promptTokens} of a fixed text, then makes {@code newTokens} greedily; stop
     * tokens do not stop it.
     *
     * @throws IllegalArgumentException
     *             if the two exceed {@link #maxTokens()}
     */
    public DecoderSpeed measure(int promptTokens, int newTokens) {
        if (promptTokens < 1 || newTokens < 1 || promptTokens + newTokens > maxTokens()) {
            throw new IllegalArgumentException("cannot measure a prompt of [" + promptTokens + "] and [" + newTokens
                    + "] new tokens: each must be 1 or more, together at most [" + maxTokens() + "]");
        }
        long[] text = graphs.tokenizer().encode("The quick brown fox jumps over the lazy dog. ".repeat(promptTokens));
        prompt.clear().text(Arrays.copyOf(text, promptTokens));
        context.restart();
        long start = System.nanoTime();
        context.prefill(() -> false);
        long prefilled = System.nanoTime();
        for (int i = 0; i < newTokens; i++) {
            prompt.clear().text(TokenChooser.greedy(context.logits()));
            context.prefill(() -> false);
        }
        return new DecoderSpeed(promptTokens, prefilled - start, newTokens, System.nanoTime() - prefilled);
    }

    /** Logits behind the question; the array is reused. */
    float[] questionLogits(Prefix prefix, String question) {
        place(prefix, question);
        context.prefill(() -> false);
        return context.logits();
    }

    private void place(Prefix prefix, String question) {
        if (!prefix.usableBy(this)) {
            throw new IllegalArgumentException("cannot answer [" + question
                    + "]: the prefix is closed or belongs to another model; make one with prefill");
        }
        prompt.clear().text(texts.question(question, prefix.length())).text(texts.suffix());
        context.restart(prefix);
    }

    void released(Prefix prefix) {
        prefixes.remove(prefix);
    }

    /** Closes prefixes that are still open, bindings, graphs, tokenizer, memory. Closing twice does nothing. */
    @Override
    public void close() {
        if (!arena.scope().isAlive()) {
            return;
        }
        Set.copyOf(prefixes).forEach(Prefix::close);
        decoder.close();
        prompt.close();
        graphs.close();
        arena.close();
    }
}
