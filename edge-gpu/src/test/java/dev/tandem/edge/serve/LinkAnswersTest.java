package dev.tandem.edge.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.pack.Pack;
import dev.tandem.task.Task;
import dev.tandem.transport.edge.Arrival;
import dev.tandem.transport.frame.Slice;
import dev.tandem.transport.tls.Certificates;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exchanges without a link, answered by a head that notes what happens to it. */
class LinkAnswersTest {
    @TempDir
    private static Path dir;
    private static final Decoders DECODERS = new Decoders(Duration.ofSeconds(30));
    private static Admission admission;
    private static Offer offer;
    private static Answerer answerer;
    private static List<Slice> picture;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final LinkAnswers answers = new LinkAnswers(offer, answerer, admission, DECODERS,
            new ServeMeters(registry, new MemoryAccount("test", 1)));

    static void onlyNotes(ObjectNode manifest) {
        manifest.putArray("heads").addObject().put("name", "noted").put("kind", "noted").putObject("settings");
    }

    @BeforeAll
    static void open() throws IOException {
        offer = Offer.of(Pack.open(EdgeRig.pack(dir.resolve("pack"), LinkAnswersTest::onlyNotes)), EdgeRig.ALL);
        admission = new Admission(4);
        EdgeSettings settings = EdgeSettings.of(dir, new InetSocketAddress(0),
                Certificates.createDevelopment(dir.resolve("certs"), List.of("x")).edge())
                .withThreads(1).withReadings(1, 1_000);
        NotedKind.NOTES.clear();
        answerer = admission.call(() -> Answerer.open(offer, settings, admission));
        assertEquals(List.of("opened", "read nothing", "answered ?", "let go"), NotedKind.NOTES, "it warms up");
        picture = EdgeRig.slices("raw-c16");
    }

    @AfterAll
    static void close() {
        NotedKind.NOTES.clear();
        admission.call(() -> {
            answerer.close();
            return null;
        });
        admission.close();
        DECODERS.close();
        assertTrue(NotedKind.NOTES.contains("let go"), "readings are closed");
        assertEquals("closed", NotedKind.NOTES.getLast(), "the head is closed behind them");
    }

    @BeforeEach
    void forget() {
        NotedKind.NOTES.clear();
    }

    private HeardExchange ask(String text) {
        HeardExchange asked = new HeardExchange(new Task.Question(text, 0), "", 0);
        answers.opened(asked).ready();
        return asked;
    }

    private HeardExchange look(String text, List<Slice> slices) {
        HeardExchange asked = new HeardExchange(new Task.Question(text, 0), "raw-c16", picture.size());
        Arrival arrival = answers.opened(asked);
        slices.forEach(slice -> arrival.slices(List.of(slice)));
        arrival.ready();
        return asked;
    }

    private double answered() {
        return registry.find("edge.head.answers").tag("head", "noted").tag("task", "question").counters().stream()
                .mapToDouble(counter -> counter.count()).sum();
    }

    @Test
    void anAnswerGoesBackPartByPartAndIsCounted() throws Exception {
        HeardExchange asked = ask("hello");
        assertEquals("done", asked.end());
        assertEquals(List.of("1 hello"), asked.parts);
        assertEquals("noted", asked.summary.head());
        assertEquals(List.of("used", "total", "words"), List.copyOf(asked.summary.counts().keySet()));
        assertEquals(0, asked.summary.count("used"));
        assertEquals(List.of(Stage.QUEUE, Stage.SLICES, Stage.DECODE, "look", "talk", Stage.FIRST_PART, Stage.TOTAL),
                List.copyOf(asked.summary.stageNanos().keySet()));
        long first = asked.summary.stageNanos().get(Stage.FIRST_PART);
        assertTrue(first >= asked.summary.stageNanos().get(Stage.QUEUE));
        assertTrue(asked.summary.stageNanos().get(Stage.TOTAL) >= first);
        assertTrue(asked.summary.stageNanos().get(Stage.TOTAL) < 60_000_000_000L);
        assertEquals(0, asked.summary.stageNanos().get(Stage.SLICES));
        assertEquals(1, answered());
    }

    @Test
    void aPictureIsReadOnceForSeveralQuestions() throws Exception {
        ask("something without a picture").end();
        NotedKind.NOTES.clear();
        HeardExchange first = look("what?", picture);
        assertEquals("done", first.end());
        HeardExchange second = look("who?", picture);
        assertEquals("done", second.end());
        assertEquals(List.of("let go", "read 16", "answered what?", "answered who?"), NotedKind.NOTES,
                "one reading has room, and stays");
        assertEquals(16, second.summary.count("used"));
        assertEquals(16, second.summary.count("total"));
        assertTrue(first.summary.stageNanos().get(Stage.SLICES) > 0);
        assertTrue(first.summary.stageNanos().get(Stage.DECODE) > 0);
        assertEquals(5, first.summary.stageNanos().get("look"));
        assertEquals(0, second.summary.stageNanos().get(Stage.DECODE));
        assertEquals(0, second.summary.stageNanos().get("look"));
    }

    @Test
    void whatCannotBeIsRefusedAtOnceAndHearsNothingMore() throws Exception {
        HeardExchange unknown = new HeardExchange(77, new byte[]{1}, "", 0);
        Arrival refused = answers.opened(unknown);
        assertTrue(unknown.end().startsWith("UNSUPPORTED_TASK") && unknown.end().contains("[77]"), unknown.end());
        refused.slices(picture);
        refused.ready();
        assertEquals(List.of(), unknown.atEnd);
        HeardExchange nowhere = new HeardExchange(new Task.Question("?", 0), "c99", 1);
        answers.opened(nowhere);
        assertTrue(nowhere.end().startsWith("UNKNOWN_OPERATING_POINT"), nowhere.end());
        HeardExchange nobody = new HeardExchange(new Task.Preview(9), "raw-c16", 1);
        answers.opened(nobody);
        assertTrue(nobody.end().startsWith("UNSUPPORTED_TASK") && nobody.end().contains("[preview]"), nobody.end());
        assertEquals(List.of(), NotedKind.NOTES);
    }

    @Test
    void whatFailsSaysWhyInItsOwnWords() throws Exception {
        assertEquals("ANSWER_FAILED no words for it", ask(NotedKind.UNFIT).end());
        assertTrue(look("?", List.of(new Slice(0, 0, new byte[]{1, 2}))).end().startsWith("ANSWER_FAILED"));
        HeardExchange broken = new HeardExchange(new Task.Question("hello", 0), "", 0);
        broken.broken = new IllegalStateException("a mistake");
        answers.opened(broken).ready();
        assertEquals("ANSWER_FAILED a mistake", broken.end());
        HeardExchange silent = new HeardExchange(new Task.Question("hello", 0), "", 0);
        silent.broken = new IllegalStateException();
        answers.opened(silent).ready();
        assertEquals("ANSWER_FAILED java.lang.IllegalStateException", silent.end());
        assertEquals(0, answered());
    }

    @Test
    void whatEndsEarlyIsNoAnswer() throws Exception {
        HeardExchange gone = ask(NotedKind.GONE);
        assertEquals("done", ask("the next").end());
        assertFalse(gone.ended());
        assertEquals(1, answered());
    }

    @Test
    void whatHasEndedLeavesTheQueueAndDecodesNothingMore() throws Exception {
        CountDownLatch hold = new CountDownLatch(1);
        admission.later(() -> {
            try {
                return hold.await(Patience.SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        HeardExchange waits = ask("waits");
        assertEquals(1, admission.waiting());
        waits.atEnd.forEach(Runnable::run);
        assertEquals(0, admission.waiting());
        HeardExchange looks = new HeardExchange(new Task.Question("looks", 0), "raw-c16", picture.size());
        Arrival arrival = answers.opened(looks);
        looks.atEnd.forEach(Runnable::run);
        arrival.slices(picture);
        arrival.ready();
        assertEquals(0, admission.waiting());
        HeardExchange cancelled = ask("cancelled");
        cancelled.cancelled = true;
        hold.countDown();
        assertEquals("done", ask("the next").end());
        assertEquals(List.of("answered the next"),
                NotedKind.NOTES.stream().filter(note -> note.startsWith("answered")).toList());
        assertFalse(waits.ended() || looks.ended() || cancelled.ended());
    }

    @Test
    void aTaskThatFindsTheEdgeClosedIsRefused() throws Exception {
        Admission closed = new Admission(1);
        closed.close();
        LinkAnswers late = new LinkAnswers(offer, answerer, closed, DECODERS,
                new ServeMeters(registry, new MemoryAccount("test", 1)));
        HeardExchange asked = new HeardExchange(new Task.Question("late", 0), "", 0);
        late.opened(asked).ready();
        assertTrue(asked.end().startsWith("SHUTTING_DOWN"), asked.end());
    }
}
