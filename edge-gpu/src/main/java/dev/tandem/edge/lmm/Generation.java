package dev.tandem.edge.lmm;

import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** One answer being made: prefill of the prompt, then token after token until something ends it. */
final class Generation {
    private final Context context;
    private final PromptEmbedder prompt;
    private final List<Integer> stopTokens;
    private final Sampling sampling;
    private final Consumer<String> words;
    private final TokenChooser chooser;
    private final WordStream stream;
    private final StopTexts stopTexts;
    private final StringBuilder text = new StringBuilder();
    private int[] ids = new int[32];
    private int count;
    private long firstWord;

    Generation(Context context, PromptEmbedder prompt, TextTokenizer tokenizer, List<Integer> stopTokens,
            Sampling sampling, Consumer<String> words) {
        this.context = context;
        this.prompt = prompt;
        this.stopTokens = stopTokens;
        this.sampling = sampling;
        this.words = words;
        this.chooser = new TokenChooser(sampling);
        this.stream = new WordStream(tokenizer);
        this.stopTexts = new StopTexts(sampling.stopTexts());
    }

    Generated run(long start, BooleanSupplier cancelled) {
        int promptTokens = context.length() + prompt.length();
        boolean read = context.prefill(cancelled);
        long prefilled = System.nanoTime();
        Finish finish = read ? answer(cancelled) : Finish.CANCELLED;
        if (!stopTexts.hit()) {
            say(stopTexts.pass(stream.finish()));
            say(stopTexts.finish());
        }
        return new Generated(text.toString(), Arrays.copyOf(ids, count), promptTokens, prefilled - start,
                firstWord == 0 ? 0 : firstWord - start, System.nanoTime() - start, finish);
    }

    private Finish answer(BooleanSupplier cancelled) {
        while (true) {
            int token = chooser.choose(context.logits());
            if (stopTokens.contains(token)) {
                return Finish.STOP_TOKEN;
            }
            keep(token);
            say(stopTexts.pass(stream.add(token)));
            if (stopTexts.hit()) {
                return Finish.STOP_TEXT;
            }
            if (count == sampling.maxNewTokens()) {
                return Finish.LENGTH;
            }
            if (context.length() == context.capacity()) {
                return Finish.CAPACITY;
            }
            prompt.clear().text(token);
            if (!context.prefill(cancelled)) {
                return Finish.CANCELLED;
            }
        }
    }

    private void keep(int token) {
        if (count == ids.length) {
            ids = Arrays.copyOf(ids, count * 2);
        }
        ids[count++] = token;
    }

    private void say(String piece) {
        if (piece.isEmpty()) {
            return;
        }
        if (text.isEmpty()) {
            firstWord = System.nanoTime();
        }
        text.append(piece);
        words.accept(piece);
    }
}
