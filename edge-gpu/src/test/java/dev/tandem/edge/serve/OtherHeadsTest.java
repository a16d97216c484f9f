package dev.tandem.edge.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.task.Task;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Slice;
import dev.tandem.transport.session.PeerException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An edge whose pack has no language model, and takes one method only. */
class OtherHeadsTest {
    private static final Task.Classify CLASSIFY = new Task.Classify(5);

    @TempDir
    private static Path dir;
    private static EdgeRig rig;
    private static List<Slice> slices;

    @BeforeAll
    static void start() throws IOException {
        rig = new EdgeRig(dir, EdgeRig.pack(dir.resolve("pack"), EdgeRig::onlyCounts),
                settings -> settings.withMethods(Set.of("raw")).withQueue(1));
        slices = EdgeRig.slices("raw-c16");
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @Test
    void aPictureIsClassifiedWithoutALanguageModel() {
        EdgeRig.Told told = rig.ask(CLASSIFY, "raw-c16", slices).join();
        assertEquals("16 tokens", told.answer().labels().getFirst().name());
        assertEquals("count", told.summary().head());
        assertEquals(List.of("used", "total", "classes"), List.copyOf(told.summary().counts().keySet()));
        assertEquals(List.of(Stage.QUEUE, Stage.SLICES, Stage.DECODE, "read", "count", Stage.FIRST_PART, Stage.TOTAL),
                List.copyOf(told.summary().stageNanos().keySet()));
        String answers = "edge_head_answers_total{head=\"count\",task=\"classify\"} ";
        assertTrue(rig.daemon.metrics().contains(answers) && !rig.daemon.metrics().contains(answers + "0.0"));
        assertFalse(rig.daemon.metrics().contains("question"));
    }

    @Test
    void aQuestionIsRefusedWithWhatThereIs() {
        PeerException refused = rig.ask(new Task.Question("What?", 0)).failure();
        assertEquals(ErrorCode.UNSUPPORTED_TASK, refused.code());
        assertTrue(refused.getMessage().contains("count ([Classify] from TokenSet)"), refused.getMessage());
        assertEquals(ErrorCode.ANSWER_FAILED, rig.ask(CLASSIFY).failure().code(), "it needs a picture");
    }

    @Test
    void aMethodThatMayNotBeUsedIsRefused() {
        PeerException refused = rig.ask(CLASSIFY, "c16", List.of(new Slice(0, 0, new byte[4]))).failure();
        assertEquals(ErrorCode.UNKNOWN_OPERATING_POINT, refused.code());
        assertTrue(refused.getMessage().contains("does not take the method [tofc]"), refused.getMessage());
        assertTrue(refused.getMessage().contains("raw-c16"), refused.getMessage());
        assertEquals(Set.of("raw"), rig.daemon.offer().identity().sections().keySet());
        assertThrows(IllegalArgumentException.class, () -> Offer.of(rig.daemon.offer().pack(), Set.of("smoke")));
    }

    @Test
    void whoHasMostIsRefusedAndACancelledOneLeavesTheQueue() throws InterruptedException {
        CountingKind.TURN.acquire();
        EdgeRig.Asked answered;
        EdgeRig.Asked cancelled;
        try {
            answered = rig.ask(CLASSIFY, "raw-c16", slices);
            awaitQueue(0, () -> CountingKind.TURN.hasQueuedThreads());
            cancelled = rig.ask(CLASSIFY, "raw-c16", slices);
            awaitQueue(1, () -> true);
            PeerException dropped = rig.ask(CLASSIFY, "raw-c16", slices).failure();
            assertEquals(ErrorCode.OVERLOADED, dropped.code());
            assertTrue(dropped.getMessage().contains("[1] tasks wait"), dropped.getMessage());
            cancelled.exchange().cancel();
            awaitQueue(0, () -> true);
        } finally {
            CountingKind.TURN.release();
        }
        assertEquals("16 tokens", answered.join().answer().labels().getFirst().name());
        assertEquals(ErrorCode.CANCELLED, cancelled.failure().code());
    }

    private static void awaitQueue(int waiting, java.util.function.BooleanSupplier also) throws InterruptedException {
        for (int i = 0; i < 1000; i++) {
            if (also.getAsBoolean() && rig.daemon.metrics().contains("edge_queue " + waiting)) {
                return;
            }
            Thread.sleep(10);
        }
        throw new AssertionError("waited for a queue of " + waiting + ":\n" + rig.daemon.metrics());
    }
}
