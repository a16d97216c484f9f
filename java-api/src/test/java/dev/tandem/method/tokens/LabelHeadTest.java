package dev.tandem.method.tokens;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.foreign.MemoryAccount;
import dev.tandem.method.Head;
import dev.tandem.method.HeadLimits;
import dev.tandem.method.Host;
import dev.tandem.method.Reading;
import dev.tandem.method.SliceLimits;
import dev.tandem.method.Tally;
import dev.tandem.pack.Pack;
import dev.tandem.pack.PackException;
import dev.tandem.pack.TestPack;
import dev.tandem.task.Label;
import dev.tandem.task.Part;
import dev.tandem.task.Sink;
import dev.tandem.task.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The labelling head: five classes, from tokens of width 8. */
class LabelHeadTest {
    private static final float[] LOGITS = {1, 3, 2, -50, 3.5f};
    @TempDir
    Path folder;
    private TestPack files;

    @BeforeEach
    void write() throws IOException {
        files = new TestPack(folder);
    }

    private LabelSection section() throws IOException {
        Pack pack = files.open();
        return (LabelSection) new LabelKind().section(pack.manifest().heads().get(1), pack);
    }

    private static final class Kept implements Sink {
        private final List<Part> parts = new ArrayList<>();
        private final boolean gone;

        Kept(boolean gone) {
            this.gone = gone;
        }

        @Override
        public void part(Part part) {
            parts.add(part);
        }

        @Override
        public boolean cancelled() {
            return gone;
        }

        List<Label> labels() {
            return ((Part.Labels) parts.get(0)).best();
        }
    }

    @Test
    void saysWhatItReadsAndAnswers() throws IOException {
        LabelSection section = section();
        assertEquals("labels", new LabelKind().kind());
        assertEquals("things", section.name());
        assertEquals(TokenSet.class, section.reads());
        assertEquals(java.util.Set.of(Task.Classify.class), section.answers());
        assertEquals(8, section.width());
        assertEquals(5, section.classes());
        assertEquals(List.of("ant", "bee", "cat", "dog", "emu"), section.names());
        assertEquals(List.of(), section.replay(null));
    }

    @Test
    void runsItsGraphOnTheTokensAndHoldsNothingAfterwards() throws IOException {
        LabelSection section = section();
        MemoryAccount memory = new MemoryAccount("test", 1 << 20);
        CountingEngine engine = new CountingEngine(section.pack(), (in, out) -> {
            assertEquals(2, in.get("tokens").dimension(1));
            float[] tokens = in.get("tokens").toFloats();
            float[] logits = LOGITS.clone();
            logits[2] += tokens[15];
            out.get("logits").setFloats(logits);
        });
        float[] tokens = new float[16];
        tokens[15] = 10;
        try (Head<TokenSet> head = section.open(new Host(engine, memory, SliceLimits.defaults()),
                HeadLimits.defaults())) {
            assertEquals(1, engine.sessions);
            try (Reading reading = head.read(new TokenSet(tokens, 2, 8, 3))) {
                Kept kept = new Kept(false);
                Tally tally = reading.answer(new Task.Classify(2), kept);
                assertEquals(List.of("cat", "emu"), kept.labels().stream().map(Label::name).toList());
                assertFalse(tally.cancelled());
                assertEquals(20, reading.bytes());
                assertEquals(List.of("label"), List.copyOf(reading.stageNanos().keySet()));
                long nanos = reading.stageNanos().get("label");
                assertTrue(nanos > 0 && nanos < 60_000_000_000L, "took " + nanos);
            }
            assertEquals(0, engine.bindings);
            assertEquals(0, memory.usage().bytes());
            assertTrue(memory.usage().highWater() >= 4 * (16 + 5));
            IllegalArgumentException wide = assertThrows(IllegalArgumentException.class,
                    () -> head.read(new TokenSet(new float[9], 1, 9, 1)));
            assertTrue(wide.getMessage().contains("[tokens of width 9]; needed a picture's tokens of width 8"));
            IllegalArgumentException none = assertThrows(IllegalArgumentException.class, () -> head.read(null));
            assertTrue(none.getMessage().contains("[no picture]"), none.getMessage());
        }
        assertEquals(0, engine.sessions);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {
            "/heads/1/settings/graph | \"eye\" | heads.things.settings.graph is [eye]",
            "/heads/1/settings/labels | \"names.txt\" | heads.things.settings.labels is [names.txt]",
            "/graphs/classify/inputs/0/name | \"x\" | needed: [tokens] and no other",
            "/graphs/classify/inputs/0/dtype | \"int64\" | graphs.classify.inputs.tokens is [int64 [1, -1, 8]]",
            "/graphs/classify/inputs/0/shape | [1, 6, 8] | graphs.classify.inputs.tokens is [float32 [1, 6, 8]]",
            "/graphs/classify/inputs/0/shape | [1, -1, -1] | graphs.classify.inputs.tokens is",
            "/graphs/classify/outputs/0/shape | [5] | graphs.classify.outputs.logits is [float32 [5]]",
            "/graphs/classify/outputs/0/shape | [1, -1] | graphs.classify.outputs.logits is",
            "/graphs/classify/outputs/0/shape | [1, 65537] | classes of heads.things.settings is [65537]"})
    void namesTheFieldThatIsWrong(String pointer, String json, String words) throws IOException {
        files.set(pointer, json);
        String refusal = assertThrows(PackException.class, this::section).getMessage();
        assertTrue(refusal.contains(words), refusal);
    }

    @Test
    void refusesAFileOfFewerNames() throws IOException {
        files.write("labels.txt", "ant\nbee\n".getBytes());
        LabelSection section = section();
        for (org.junit.jupiter.api.function.Executable use : List.<org.junit.jupiter.api.function.Executable>of(
                section::names, () -> section.replay(null))) {
            String refusal = assertThrows(PackException.class, use).getMessage();
            assertTrue(refusal.contains("[labels.txt]") && refusal.contains("[2 lines]"), refusal);
        }
    }
}
