package dev.tandem.edge.lmm;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The pack's {@code tokenizer.json} through Hugging Face's own tokenizer library. Adds no tokens of its own, cuts
 * nothing off, and never touches the network: the library's telemetry and downloads are switched off before it loads.
 * <b>Threads:</b> one at a time.
 */
final class TextTokenizer implements AutoCloseable {
    static {
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
    }

    private static final Map<String, String> OPTIONS = Map.of("addSpecialTokens", "false", "truncation", "false",
            "padding", "false");

    private static final int MOST_SHOWN = 80;

    private final HuggingFaceTokenizer tokenizer;

    private TextTokenizer(HuggingFaceTokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /**
     * @throws UncheckedIOException
     *             if the file cannot be read
     * @throws IllegalArgumentException
     *             if it is not a tokenizer
     */
    static TextTokenizer open(Path tokenizerJson) {
        try (InputStream json = Files.newInputStream(tokenizerJson)) {
            return new TextTokenizer(HuggingFaceTokenizer.newInstance(json, OPTIONS));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the tokenizer [" + tokenizerJson + "]", e);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("cannot use the tokenizer [" + tokenizerJson + "]: [" + e.getMessage()
                    + "]; needed a Hugging Face tokenizer.json", e);
        }
    }

    /** The tokens of our own text; control tokens written in it (such as {@code <|im_end|>}) become themselves. */
    long[] encode(String text) {
        return text.isEmpty() ? new long[0] : tokenizer.encode(text, false, false).getIds();
    }

    /**
     * How many tokens of a text are those of its first {@code most} characters at least: of the words that end within
     * them, which the tokenizer splits by themselves; 0 where none does.
     */
    int tokensAtLeast(String text, int most) {
        for (int end = Math.min(most, text.length() - 1); end > most / 2; end--) {
            if (Character.isLetter(text.charAt(end - 1)) && text.charAt(end) == ' ') {
                return encode(text.substring(0, end)).length;
            }
        }
        return 0;
    }

    /**
     * The tokens of a user's text.
     *
     * @throws IllegalArgumentException
     *             if it contains a control token, which could end the turn and speak for the model
     */
    long[] encodeUser(String text) {
        long[] ids = encode(text);
        if (!tokenizer.decode(ids, true).equals(tokenizer.decode(ids, false))) {
            throw new IllegalArgumentException("the question [" + start(text)
                    + "] contains a control token of the language model: leave it out or write it differently");
        }
        return ids;
    }

    /** As much of a text as a message needs. */
    private static String start(String text) {
        return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "...";
    }

    /** The text of tokens; control tokens give none. Bytes that are not UTF-8 (yet) become U+FFFD. */
    String decode(long[] ids) {
        return ids.length == 0 ? "" : tokenizer.decode(ids, true);
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
