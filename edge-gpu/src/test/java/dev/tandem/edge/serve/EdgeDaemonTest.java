package dev.tandem.edge.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.method.HeadLimits;
import dev.tandem.pack.HeadSpec;
import dev.tandem.pack.PackException;
import dev.tandem.task.Task;
import dev.tandem.transport.device.AskRequest;
import dev.tandem.transport.frame.AnswerSummary;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Slice;
import dev.tandem.transport.session.PeerException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daemon with the tiny random pack, over a real TLS link on loopback. */
class EdgeDaemonTest {
    private static final Task.Question SHORT = new Task.Question("?", 0);

    @TempDir
    private static Path dir;
    private static EdgeRig rig;

    @BeforeAll
    static void start() {
        rig = new EdgeRig(dir, EdgeRig.PACK, settings -> settings.withHeads(new HeadLimits(512, 400)));
    }

    @AfterAll
    static void stop() {
        rig.close();
        rig.daemon.close();
    }

    @Test
    void theGoldenQuestionGetsItsAnswerOverTheLink() {
        HeadSpec head = rig.daemon.offer().pack().manifest().heads().getFirst();
        var golden = head.settings().get("golden").get(0);
        EdgeRig.Told told = rig.ask(new Task.Question(golden.get("prompt").asText(), golden.get("ids").size())).join();
        AnswerSummary summary = told.summary();
        assertEquals(golden.get("text").asText(), told.answer().text());
        assertEquals(head.name(), summary.head());
        assertEquals(golden.get("ids").size(), summary.count("answer"));
        assertTrue(summary.count("prompt") > 0);
        assertEquals(0, summary.count(Outcome.TOTAL));
        long first = summary.stageNanos().get(Stage.FIRST_PART);
        assertTrue(first > summary.stageNanos().get(Stage.QUEUE));
        assertTrue(summary.stageNanos().get(Stage.TOTAL) > first);
        String metrics = rig.daemon.metrics();
        assertTrue(metrics.contains("edge_hellos_total{transport=\"quic\"}"), metrics);
        assertTrue(metrics.contains("edge_head_answers_total{head=\"words\",task=\"question\"}"), metrics);
        assertTrue(metrics.contains("edge_offheap_bytes{owner=\"language/readings\"}"), metrics);
        assertTrue(metrics.contains("edge_queue 0"), metrics);
    }

    @Test
    void aSecondQuestionOnAPictureNeedsNoSecondLook() {
        List<Slice> slices = EdgeRig.slices("raw-c16");
        Task what = new Task.Question("What is it?", 0);
        EdgeRig.Told first = rig.ask(what, "raw-c16", slices).join();
        assertEquals(16, first.summary().count(Outcome.USED));
        assertEquals(16, first.summary().count(Outcome.TOTAL));
        assertTrue(first.summary().stageNanos().get("prefill") > 0);
        assertTrue(first.summary().stageNanos().get(Stage.SLICES) > 0);
        rig.ask(new Task.Question("And this?", 0), "raw-c16", slices).join();
        EdgeRig.Told again = rig.ask(what, "raw-c16", slices).join();
        assertEquals(0, again.summary().stageNanos().get("prefill"));
        assertEquals(0, again.summary().stageNanos().get(Stage.DECODE));
        assertEquals(16, again.summary().count(Outcome.USED));
        assertEquals(first.answer().text(), again.answer().text());
    }

    @Test
    void everyMethodOfThePackIsDecoded() {
        for (String point : List.of("c16", "raw-c16", "jpeg-q30-c16")) {
            EdgeRig.Told told = rig.ask(SHORT, point, EdgeRig.slices(point)).join();
            assertEquals(16, told.summary().count(Outcome.USED), point);
            assertTrue(told.summary().count("answer") > 0, point);
        }
    }

    @Test
    void anUnknownOperatingPointIsRefusedWithThoseThereAre() {
        PeerException refused = rig.ask(SHORT, "c99", List.of(new Slice(0, 0, new byte[4]))).failure();
        assertEquals(ErrorCode.UNKNOWN_OPERATING_POINT, refused.code());
        assertTrue(refused.getMessage().contains("[c99]") && refused.getMessage().contains("2 c16"),
                refused.getMessage());
    }

    @Test
    void aTaskThatNoHeadAnswersIsRefusedWithWhatThereIs() {
        PeerException refused = rig.ask(new Task.Preview(100), "raw-c16", EdgeRig.slices("raw-c16")).failure();
        assertEquals(ErrorCode.UNSUPPORTED_TASK, refused.code());
        assertTrue(refused.getMessage().contains("[preview]") && refused.getMessage().contains("words ([Question]"),
                refused.getMessage());
        refused = rig.send(AskRequest.of(SHORT.code(), SHORT.body()).withHead("nobody")).failure();
        assertEquals(ErrorCode.UNSUPPORTED_TASK, refused.code());
        assertTrue(refused.getMessage().contains("[nobody]"), refused.getMessage());
        refused = rig.send(AskRequest.of(77, new byte[]{1})).failure();
        assertEquals(ErrorCode.UNSUPPORTED_TASK, refused.code());
        assertTrue(refused.getMessage().contains("[77]"), refused.getMessage());
    }

    @Test
    void damagedSlicesAndTooLongQuestionsFailInWordsAndTheNextOneIsAnswered() {
        PeerException damaged = rig.ask(SHORT, "raw-c16", List.of(new Slice(0, 0, new byte[]{1, 2, 3}))).failure();
        assertEquals(ErrorCode.ANSWER_FAILED, damaged.code());
        PeerException tooLong = rig.ask(new Task.Question("x".repeat(2000), 0)).failure();
        assertTrue(tooLong.getMessage().contains("maxTokens"), tooLong.getMessage());
        assertTrue(rig.ask(SHORT).join().summary().count("answer") > 0);
    }

    @Test
    void aCancelledQuestionStopsAtTheNextToken() throws InterruptedException {
        double before = answers();
        CountDownLatch began = new CountDownLatch(1);
        Task long400 = new Task.Question("Tell me everything.", 400);
        var exchange = rig.client.ask(AskRequest.of(long400.code(), long400.body()),
                (kind, bytes) -> began.countDown());
        Patience.await(began);
        exchange.cancel();
        CompletionException ended = assertThrows(CompletionException.class, () -> exchange.answer().join());
        assertEquals(ErrorCode.CANCELLED, ((PeerException) ended.getCause()).code());
        assertTrue(rig.ask(SHORT).join().summary().count("answer") > 0);
        assertEquals(before + 1, answers());
    }

    @Test
    void whatCannotStartSaysWhyAndLeavesNoThread() throws InterruptedException {
        long before = modelThreads();
        assertThrows(PackException.class,
                () -> EdgeDaemon.start(EdgeSettings.of(dir, new InetSocketAddress(0), rig.certificates.edge())));
        assertThrows(PeerException.class, () -> EdgeDaemon
                .start(EdgeSettings.of(EdgeRig.PACK, rig.daemon.address(), rig.certificates.edge()).withThreads(1)));
        for (int i = 0; i < 500 && modelThreads() > before; i++) {
            Thread.sleep(10);
        }
        assertEquals(before, modelThreads());
    }

    private static double answers() {
        return rig.daemon.metrics().lines().filter(line -> line.startsWith("edge_head_answers_total{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' ')))).sum();
    }

    private static long modelThreads() {
        return Thread.getAllStackTraces().keySet().stream().filter(t -> t.getName().startsWith("tandem-model")
                || t.getName().startsWith("tandem-decode")).count();
    }
}
