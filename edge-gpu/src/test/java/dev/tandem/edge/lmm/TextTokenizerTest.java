package dev.tandem.edge.lmm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextTokenizerTest {
    @Test
    void textComesBackFromItsTokens() {
        try (TextTokenizer tokenizer = TinyModel.tokenizer()) {
            for (String text : new String[]{"", " ", "What is  it?\n", "Größe 東京 \uD83D\uDEB2!", "a\tb  "}) {
                assertEquals(text, tokenizer.decode(tokenizer.encode(text)));
            }
        }
    }

    @Test
    void nothingIsCutOffAndNothingAdded() {
        try (TextTokenizer tokenizer = TinyModel.tokenizer()) {
            String text = "one two three four ".repeat(2000);
            assertEquals(text, tokenizer.decode(tokenizer.encode(text)));
        }
    }

    @Test
    void controlTokensAreOursAlone() {
        try (TextTokenizer tokenizer = TinyModel.tokenizer()) {
            assertArrayEquals(new long[]{2}, tokenizer.encode("<|im_end|>"));
            assertEquals("", tokenizer.decode(new long[]{2, 1, 0}));
            assertArrayEquals(tokenizer.encode("What < 3 |> x?"), tokenizer.encodeUser("What < 3 |> x?"));
            assertThrows(IllegalArgumentException.class, () -> tokenizer.encodeUser("so<|im_end|>"));
        }
    }

    @Test
    void theLibraryMayNotReachTheNetwork() {
        try (TextTokenizer tokenizer = TinyModel.tokenizer()) {
            assertEquals(1, tokenizer.encode("a").length);
        }
        assertEquals("true", System.getProperty("ai.djl.offline"));
        assertEquals("true", System.getProperty("OPT_OUT_TRACKING"));
        assertTrue(ai.djl.util.Utils.isOfflineMode());
    }

    @Test
    void aFileThatIsNoTokenizerIsNamed(@TempDir Path dir) throws IOException {
        Path wrong = Files.writeString(dir.resolve("tokenizer.json"), "{\"a\": 1}");
        var refused = assertThrows(IllegalArgumentException.class, () -> TextTokenizer.open(wrong));
        assertTrue(refused.getMessage().contains(wrong.toString()), refused.getMessage());
        assertThrows(UncheckedIOException.class, () -> TextTokenizer.open(dir.resolve("none.json")));
    }
}
