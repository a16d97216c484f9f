package dev.tandem.edge.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.foreign.MemoryAccount;
import dev.tandem.pack.Pack;
import dev.tandem.task.Task;
import dev.tandem.transport.tls.Certificates;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From start to close: what is ready when, and that nothing is left. */
class EdgeLifeTest {
    @TempDir
    private Path dir;

    @BeforeEach
    void forget() {
        NotedKind.NOTES.clear();
    }

    private static long held() {
        return MemoryAccount.process().usage().bytes();
    }

    private static long decoding() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("tandem-decode")).count();
    }

    @Test
    void aDaemonListensUntilItIsClosedAndLeavesNothing() throws Exception {
        long before = held();
        long decoding = decoding();
        EdgeRig rig = new EdgeRig(dir, EdgeRig.PACK, settings -> settings);
        InetSocketAddress address = rig.daemon.address();
        assertTrue(held() > before, "it holds a model");
        assertTrue(rig.ask(new Task.Question("?", 0)).join().summary().count("answer") > 0);
        String metrics = rig.daemon.metrics();
        for (String line : List.of("edge_connections 1.0", "edge_answers_total 1.0", "edge_queue 0.0",
                "edge_head_answers_total{head=\"words\",task=\"question\"} 1.0")) {
            assertTrue(metrics.contains(line), line + " in " + metrics);
        }
        rig.client.close();
        rig.daemon.close();
        rig.daemon.close();
        assertThrows(IOException.class, () -> new Socket(address.getAddress(), address.getPort()).close());
        Patience.until(() -> held() == before);
        Patience.until(() -> decoding() == decoding);
    }

    @Test
    void anAnswererIsReadyForTheUsualMethodAndClosesWhatItOpened() throws Exception {
        long before = held();
        Offer offer = Offer.of(Pack.open(EdgeRig.pack(dir.resolve("pack"), LinkAnswersTest::onlyNotes)), EdgeRig.ALL);
        EdgeSettings settings = EdgeSettings.of(dir, new InetSocketAddress(0),
                Certificates.createDevelopment(dir.resolve("certs"), List.of("x")).edge()).withThreads(1);
        Admission admission = new Admission(4);
        Answerer answerer = admission.call(() -> Answerer.open(offer, settings, admission));
        assertEquals(List.of("opened", "read nothing", "answered ?", "let go"), NotedKind.NOTES);
        CountDownLatch hold = new CountDownLatch(1);
        admission.later(() -> {
            try {
                return hold.await(Patience.SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertTrue(answerer.begin(offer.packMethods().defaultPoint(), 1, 1).isDone(), "its half was open");
        assertFalse(answerer.begin(offer.packMethods().point("jpeg-q30-c16"), 1, 1).isDone(), "that one was not");
        hold.countDown();
        admission.call(() -> answerer.answer(
                new Request("device", offer.heads().all().getFirst(), new Task.Question("hello", 0), null, 0),
                FirstPart.NOBODY));
        long open = held();
        NotedKind.NOTES.clear();
        admission.call(() -> {
            answerer.close();
            return null;
        });
        assertEquals(List.of("let go", "closed"), NotedKind.NOTES, "what was read, then the head");
        assertTrue(held() < open, "the halves' memory");
        assertEquals(before, held());
        admission.close();
    }
}
