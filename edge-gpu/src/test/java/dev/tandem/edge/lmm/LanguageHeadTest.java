package dev.tandem.edge.lmm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.engine.Engine;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.foreign.OffHeapLimitException;
import dev.tandem.method.GoldenResult;
import dev.tandem.method.HeadLimits;
import dev.tandem.method.Host;
import dev.tandem.method.Reading;
import dev.tandem.method.SliceLimits;
import dev.tandem.method.Tally;
import dev.tandem.task.Answer;
import dev.tandem.task.Part;
import dev.tandem.task.Sink;
import dev.tandem.task.Task;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The language model behind the seam, on the tiny random pack. */
class LanguageHeadTest {
    private static final LanguageSection SECTION = TinyModel.section();
    private static Engine engine;
    private final MemoryAccount memory = TinyModel.memory();

    @BeforeAll
    static void open() {
        engine = TinyModel.engine();
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @Test
    void aQuestionIsAnsweredInWordsAndCounted() {
        LanguageSettings.Golden golden = SECTION.settings().golden().getFirst();
        Answer answer = new Answer();
        try (LanguageHead head = SECTION.open(host(), new HeadLimits(256, 128)); Reading reading = head.read(null)) {
            Tally tally = reading.answer(new Task.Question(golden.prompt(), golden.ids().size()),
                    sink(answer, () -> false));
            assertEquals(golden.text(), answer.text());
            assertEquals(golden.ids().size(), tally.counts().get(LanguageHead.ANSWER));
            assertTrue(tally.counts().get(LanguageHead.PROMPT) > golden.prompt().length() / 8);
            assertEquals(List.of(LanguageHead.QUESTION, LanguageHead.GENERATE),
                    List.copyOf(tally.stageNanos().keySet()));
            assertEquals(List.of(LanguageHead.PROJECT, LanguageHead.PREFILL),
                    List.copyOf(reading.stageNanos().keySet()));
            assertFalse(tally.cancelled());
            assertThrows(IllegalArgumentException.class,
                    () -> reading.answer(new Task.Classify(5), sink(answer, () -> false)));
        }
    }

    @Test
    void anAnswerIsNoLongerThanTheEdgeAllows() {
        try (LanguageHead head = SECTION.open(host(), new HeadLimits(256, 3)); Reading reading = head.read(null)) {
            for (int asked : new int[]{0, 3, 50}) {
                Tally tally = reading.answer(new Task.Question("Tell me.", asked), sink(new Answer(), () -> false));
                assertEquals(3, tally.counts().get(LanguageHead.ANSWER), "asked for " + asked);
            }
            assertEquals(2, reading.answer(new Task.Question("Tell me.", 2), sink(new Answer(), () -> false)).counts()
                    .get(LanguageHead.ANSWER));
        }
    }

    @Test
    void whoIsGoneIsNotAnswered() {
        try (LanguageHead head = SECTION.open(host(), HeadLimits.defaults()); Reading reading = head.read(null)) {
            Answer answer = new Answer();
            Tally tally = reading.answer(new Task.Question("Tell me.", 50), sink(answer, () -> true));
            assertTrue(tally.cancelled());
            assertEquals("", answer.text());
        }
    }

    @Test
    void whatItHoldsIsInTheAccountUntilItIsClosed() {
        MemoryAccount own = memory.owner(LanguageKind.KIND);
        LanguageHead head = SECTION.open(host(), new HeadLimits(256, 8));
        long before = own.reservedBytes();
        assertTrue(before > 256L * SECTION.settings().hidden() * Float.BYTES, "held [" + before + "]");
        Reading reading = head.read(TinyModel.picture(16, 1));
        assertEquals(before + reading.bytes(), own.reservedBytes());
        assertEquals(reading.bytes(), own.owner("readings").reservedBytes());
        reading.close();
        assertEquals(before, own.reservedBytes());
        head.read(null);
        head.close();
        assertEquals(0, own.reservedBytes());
    }

    @Test
    void whatDoesNotFitIsRefusedAndLeavesNothingBehind() {
        // Room for a cache of 512 positions, not for all that comes with it.
        MemoryAccount small = new MemoryAccount("small", 450 << 10);
        assertThrows(OffHeapLimitException.class,
                () -> SECTION.open(new Host(engine, small, SliceLimits.defaults()), HeadLimits.defaults()));
        assertTrue(small.highWaterBytes() > 300 << 10, "held [" + small.highWaterBytes() + "]");
        assertEquals(0, small.reservedBytes());
    }

    @Test
    void theGoldenQuestionsPass() {
        List<GoldenResult> results = SECTION.replay(host());
        assertEquals(SECTION.settings().golden().size(), results.size());
        results.forEach(result -> assertTrue(result.passed(), result.remark()));
        assertEquals(0, memory.reservedBytes());
    }

    @Test
    void aGoldenAnswerThatComesOutOtherwiseFailsInWords() {
        LanguageSettings.Golden golden = SECTION.settings().golden().getFirst();
        List<Integer> others = golden.ids().stream().map(id -> id + 1).toList();
        try (LanguageModel model = TinyModel.open(engine, 256); Prefix prefix = model.prefill(null)) {
            GoldenResult result = GoldenAnswer.replay(model, prefix,
                    new LanguageSettings.Golden(golden.prompt(), others, "other"), List.of());
            assertFalse(result.passed());
            assertEquals(others.size(), result.maxAbsolute());
            assertTrue(result.remark().contains("recorded: other"), result.remark());
            assertFalse(GoldenAnswer.replay(model, prefix,
                    new LanguageSettings.Golden("x".repeat(2000), others, ""), List.of()).passed());
        }
    }

    private Host host() {
        return new Host(engine, memory, SliceLimits.defaults());
    }

    private static Sink sink(Answer answer, BooleanSupplier cancelled) {
        return new Sink() {
            @Override
            public void part(Part part) {
                answer.add(part);
            }

            @Override
            public boolean cancelled() {
                return cancelled.getAsBoolean();
            }
        };
    }
}
