package dev.tandem.edge.lmm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.method.PackHeads;
import dev.tandem.pack.HeadSpec;
import dev.tandem.pack.Pack;
import dev.tandem.pack.PackException;
import dev.tandem.task.Task;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings of a language head that cannot be are refused in words before anything is opened. */
class LanguageCheckTest {
    private static final Pack PACK = Pack.open(TinyModel.FOLDER);

    @Test
    void theHeadIsFoundByItsKind() {
        LanguageSection section = TinyModel.section();
        assertEquals(Set.of(Task.Question.class), section.answers());
        assertTrue(PackHeads.of(PACK).choose("", new Task.Question("?", 0), section.reads()).isPresent());
        assertTrue(PackHeads.of(PACK).choose(section.name(), new Task.Classify(1), section.reads()).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"layers,0", "layers,3", "kvHeads,0", "headWidth,8", "hidden,95", "vocabulary,319", "maxTokens,0"})
    void aWrongSizeIsRefused(String field, int value) {
        assertRefused(field.equals("layers") && value == 3 ? "past_key_values.2.key" : "[",
                settings -> settings.put(field, value));
    }

    @ParameterizedTest
    @CsvSource({"projector,encoder,tokens", "embedding,projector,input_ids", "decoder,nowhere,one of the graphs",
            "tokenizer,nowhere.json,a file that [files] lists", "unknown,1,unknown field"})
    void aWrongNameIsRefused(String field, String value, String words) {
        assertRefused(words, settings -> settings.put(field, value));
    }

    @Test
    void tokensOutsideTheVocabularyAreRefused() {
        assertRefused("stopTokens is [320]", settings -> settings.putArray("stopTokens").add(320));
        assertRefused("stopTokens", settings -> settings.putArray("stopTokens"));
        assertRefused("golden.ids is [-1]", settings -> settings.putArray("golden").addObject().put("prompt", "?")
                .put("text", "").putArray("ids").add(-1));
    }

    @Test
    void aModelThatOnlyReadsTextNeedsNoProjector() {
        ObjectNode settings = settings();
        settings.remove("projector");
        assertEquals(null, new LanguageKind().section(new HeadSpec("words", "language", settings), PACK).settings()
                .projector());
    }

    private static void assertRefused(String words, Consumer<ObjectNode> change) {
        ObjectNode settings = settings();
        change.accept(settings);
        PackException refused = assertThrows(PackException.class,
                () -> new LanguageKind().section(new HeadSpec("words", "language", settings), PACK));
        assertTrue(refused.getMessage().contains(words), refused.getMessage());
    }

    private static ObjectNode settings() {
        return PACK.manifest().heads().stream().filter(head -> head.kind().equals(LanguageKind.KIND)).findFirst()
                .orElseThrow().settings().deepCopy();
    }
}
