package dev.tandem.edge.lmm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordStreamTest {
    @Test
    void aCharacterIsHandedOutWhenItsLastByteIsHere() {
        try (TextTokenizer tokenizer = TinyModel.tokenizer()) {
            assertEquals(List.of("a", "é", " ", "東", "\uD83D\uDEB2", "!"), pieces(tokenizer, "aé 東\uD83D\uDEB2!"));
        }
    }

    @Test
    void anUnfinishedCharacterEndsAsOneReplacement() {
        try (TextTokenizer tokenizer = TinyModel.tokenizer()) {
            long[] ids = tokenizer.encode("ok東");
            WordStream stream = new WordStream(tokenizer);
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < ids.length - 1; i++) {
                text.append(stream.add((int) ids[i]));
            }
            assertEquals("ok", text.toString());
            assertEquals("\uFFFD", stream.finish());
            assertEquals("", stream.finish());
        }
    }

    @Test
    void thePiecesOfAnyTokensAreTheirText() {
        SplittableRandom random = new SplittableRandom(11);
        try (TextTokenizer tokenizer = TinyModel.tokenizer()) {
            for (int round = 0; round < 200; round++) {
                long[] ids = random.longs(random.nextInt(1, 80), 0, 320).toArray();
                WordStream stream = new WordStream(tokenizer);
                StringBuilder text = new StringBuilder();
                for (long id : ids) {
                    text.append(stream.add((int) id));
                }
                assertEquals(tokenizer.decode(ids), text.append(stream.finish()).toString());
            }
        }
    }

    @Test
    void spacesBeforeWordsSurviveATokenizerThatDropsTheFirst(@TempDir Path dir) throws IOException {
        Path json = Files.writeString(dir.resolve("tokenizer.json"), """
                {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [], "normalizer": null,
                 "pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": true},
                 "post_processor": null,
                 "decoder": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": true},
                 "model": {"type": "WordLevel", "unk_token": "?", "vocab": {"?": 0, "▁a": 1, "▁red": 2, "▁bus": 3}}}
                """);
        try (TextTokenizer tokenizer = TextTokenizer.open(json)) {
            assertEquals(List.of("a", " red", " bus"), pieces(tokenizer, "a red bus"));
        }
    }

    private static List<String> pieces(TextTokenizer tokenizer, String text) {
        List<String> pieces = new ArrayList<>();
        WordStream stream = new WordStream(tokenizer);
        for (long id : tokenizer.encode(text)) {
            String piece = stream.add((int) id);
            if (!piece.isEmpty()) {
                pieces.add(piece);
            }
        }
        assertFalse(stream.finish().length() > 0);
        return pieces;
    }
}
