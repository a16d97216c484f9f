package dev.tandem.edge.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Devices that wait at the same time, answered by a head that reads pictures together. */
class ReadTogetherTest {
    @TempDir
    private Path dir;
    private final Decoders decoders = new Decoders(Duration.ofSeconds(30));
    private final Admission admission = new Admission(8);
    private final List<Slice> picture = EdgeRig.slices("raw-c16");
    private Answerer answerer;
    private LinkAnswers answers;

    @BeforeEach
    void open() throws IOException {
        NotedKind.together = true;
        Offer offer = Offer.of(Pack.open(EdgeRig.pack(dir.resolve("pack"), LinkAnswersTest::onlyNotes)), EdgeRig.ALL);
        EdgeSettings settings = EdgeSettings.of(dir, new InetSocketAddress(0),
                Certificates.createDevelopment(dir.resolve("certs"), List.of("x")).edge()).withThreads(1)
                .withReadings(3, 1_000);
        answerer = admission.call(() -> Answerer.open(offer, settings, admission));
        answers = new LinkAnswers(offer, answerer, admission, decoders,
                new ServeMeters(new SimpleMeterRegistry(), new MemoryAccount("test", 1)));
        NotedKind.NOTES.clear();
    }

    @AfterEach
    void close() {
        NotedKind.together = false;
        admission.call(() -> {
            answerer.close();
            return null;
        });
        admission.close();
        decoders.close();
        NotedKind.NOTES.clear();
    }

    private HeardExchange look(String device) {
        HeardExchange asked = new HeardExchange(new Task.Question(device, 0), "raw-c16", picture.size());
        asked.fingerprint = device;
        Arrival arrival = answers.opened(asked);
        arrival.slices(picture);
        arrival.ready();
        return asked;
    }

    @Test
    void oneRunReadsWhatWaitsAndEachIsAnsweredInItsTurn() throws Exception {
        assertEquals("done", look("first").end(), "the method's half is open");
        NotedKind.NOTES.clear();
        CountDownLatch hold = new CountDownLatch(1);
        admission.later(() -> {
            try {
                return hold.await(Patience.SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        List<HeardExchange> asked = new ArrayList<>();
        for (String device : List.of("a", "b", "c", "d")) {
            asked.add(look(device));
            Patience.until(() -> admission.waiting() == asked.size());
        }
        hold.countDown();
        for (HeardExchange one : asked) {
            assertEquals("done", one.end());
            assertEquals(16, one.summary.count(Outcome.USED));
        }
        assertEquals(List.of("let go", "read together [16, 16, 16]", "answered a", "answered b", "answered c",
                "let go", "read 16", "answered d"), NotedKind.NOTES, "as many as stay read");
    }
}
