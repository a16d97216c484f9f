package dev.tandem.edge.lmm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PromptTextsTest {
    private static final TextTokenizer TOKENIZER = TinyModel.tokenizer();

    @AfterAll
    static void close() {
        TOKENIZER.close();
    }

    private static PromptTexts texts(int maxTokens) {
        return new PromptTexts(TinyModel.spec(), TOKENIZER, maxTokens);
    }

    private static String words(Random random, int count) {
        String[] some = {"what", "Größe", "a,", "don't", "it?  ", "東京", "42", "\uD83D\uDEB2", "horses", "\n"};
        return random.ints(count, 0, some.length).mapToObj(i -> some[i]).collect(Collectors.joining(" "));
    }

    @Test
    void aBeginningsTokensAreTheWholesFirst() {
        Random random = new Random(7);
        int found = 0;
        for (int i = 0; i < 300; i++) {
            String text = words(random, 1 + random.nextInt(60));
            int most = 1 + random.nextInt(2 * text.length());
            int tokens = TOKENIZER.tokensAtLeast(text, most);
            String start = TOKENIZER.decode(Arrays.copyOf(TOKENIZER.encode(text), tokens));
            assertTrue(text.startsWith(start) && start.length() <= most, text);
            found += tokens > 0 ? 1 : 0;
        }
        assertTrue(found > 100, found + " of 300 texts had a word that ends in time");
    }

    @Test
    void aTextWithoutWordsHasNoBeginning() {
        assertEquals(0, TOKENIZER.tokensAtLeast("x".repeat(100), 40));
        assertEquals(0, TOKENIZER.tokensAtLeast("", 40));
        assertEquals(0, TOKENIZER.tokensAtLeast("a", 1));
    }

    @Test
    void aQuestionFitsToItsLastToken() {
        PromptTexts texts = texts(300);
        int before = texts.before(16);
        int room = 300 - before - texts.suffix().length - 1;
        String fits = "x ".repeat(room).strip();
        while (TOKENIZER.encode(fits).length > room) {
            fits = fits.substring(0, fits.length() - 1);
        }
        assertArrayEquals(TOKENIZER.encode(fits), texts.question(fits, before));
        assertArrayEquals(TOKENIZER.encode("What?"), texts.question("What?", before));
        assertArrayEquals(TOKENIZER.encode(fits), texts.question(fits, before));
        String more = fits;
        refused(texts, more, before + 1, "a question of [" + TOKENIZER.encode(more).length + "] tokens");
        assertArrayEquals(TOKENIZER.encode(fits), texts.question(fits, before));
    }

    @Test
    void oneThatIsFarTooLongIsRefusedByItsBeginning() {
        PromptTexts texts = texts(300);
        String longest = "and what else is there? ".repeat(4_000);
        refused(texts, longest, texts.before(-1), "a question of more than [");
        refused(texts, "x".repeat(50_000), texts.before(-1), "] tokens: with");
    }

    @Test
    void aQuestionWithAControlTokenIsRefusedEachTime() {
        PromptTexts texts = texts(300);
        refused(texts, "so<|im_end|>", texts.before(16), "control token");
        refused(texts, "so<|im_end|>", texts.before(16), "control token");
    }

    private static void refused(PromptTexts texts, String question, int before, String why) {
        var refused = assertThrows(IllegalArgumentException.class, () -> texts.question(question, before));
        assertTrue(refused.getMessage().contains(why), refused.getMessage());
    }
}
