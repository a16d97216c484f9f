package dev.tandem.edge.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.foreign.MemoryAccount;
import dev.tandem.pack.Pack;
import dev.tandem.task.Part;
import dev.tandem.task.Task;
import dev.tandem.transport.edge.Arrival;
import dev.tandem.transport.frame.Slice;
import dev.tandem.transport.tls.Certificates;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Previews whose slices come one by one, without a link. */
class DraftTest {
    private static final Path PACK = Path.of("..", "models", "tiny-squeeze");
    private static final String POINT = "half-b4";
    private static final long LONG_AGO = TimeUnit.SECONDS.toNanos(5);

    @TempDir
    private static Path dir;
    private static final Decoders DECODERS = new Decoders(Duration.ofSeconds(30));
    private static Admission admission;
    private static Answerer answerer;
    private static LinkAnswers answers;
    private static List<Slice> slices;

    @BeforeAll
    static void open() {
        Offer offer = Offer.of(Pack.open(PACK), java.util.Set.of());
        admission = new Admission(4);
        EdgeSettings settings = EdgeSettings.of(dir, new InetSocketAddress(0),
                Certificates.createDevelopment(dir.resolve("certs"), List.of("x")).edge()).withThreads(1);
        answerer = admission.call(() -> Answerer.open(offer, settings, admission));
        answers = new LinkAnswers(offer, answerer, admission, DECODERS,
                new ServeMeters(new SimpleMeterRegistry(), new MemoryAccount("test", 1)));
        slices = EdgeRig.slices(PACK, POINT);
    }

    @AfterAll
    static void close() {
        admission.call(() -> {
            answerer.close();
            return null;
        });
        admission.close();
        DECODERS.close();
    }

    private static HeardExchange preview(long ageNanos) {
        HeardExchange asked = new HeardExchange(new Task.Preview(64), POINT, slices.size());
        asked.ageNanos = ageNanos;
        return asked;
    }

    private static void await(BooleanSupplier what) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Patience.SECONDS);
        while (!what.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "waited for nothing");
            Thread.sleep(5);
        }
    }

    /** Until what came is decoded, and the model has nothing to do. */
    private static void settle(HeardExchange exchange) throws InterruptedException {
        for (int i = 0; i < 3; i++) { // decoding may wait for the model, which may be given something by it
            CountDownLatch decoded = new CountDownLatch(1);
            admission.call(() -> null);
            DECODERS.execute(exchange.fingerprint(), decoded::countDown, () -> {
            });
            assertTrue(decoded.await(Patience.SECONDS, TimeUnit.SECONDS));
            await(() -> admission.waiting() == 0);
        }
        admission.call(() -> null);
    }

    private static String file(Part part) {
        return new String(((Part.Picture) part).file(), StandardCharsets.UTF_8);
    }

    @Test
    void aFirstPreviewIsSeenWhileSlicesAreOnTheirWayAndTheWholeOneReplacesIt() throws Exception {
        HeardExchange asked = preview(LONG_AGO);
        Arrival arrival = answers.opened(asked);
        arrival.slices(List.of(slices.getFirst()));
        await(() -> asked.given.size() == 1);
        assertTrue(file(asked.given.getFirst()).contains("Restored from [1] of 4 bands"));
        arrival.slices(slices.subList(1, 3));
        settle(asked);
        assertEquals(1, asked.given.size(), "one is enough");
        arrival.slices(slices.subList(3, 4));
        arrival.ready();
        assertEquals("done", asked.end());
        assertEquals(List.of(Part.Picture.CODE, Part.Words.CODE, Part.Picture.CODE),
                asked.given.stream().map(Part::code).toList(), "words come once, since they do not replace");
        assertTrue(!file(asked.given.getLast()).contains("of 4 bands"));
        assertEquals(4L, asked.summary.count("used"));
    }

    @Test
    void whatIsWholeSoonIsShownOnce() throws Exception {
        HeardExchange asked = preview(0);
        Arrival arrival = answers.opened(asked);
        for (Slice slice : slices) {
            arrival.slices(List.of(slice));
            settle(asked);
        }
        arrival.ready();
        assertEquals("done", asked.end());
        assertEquals(2, asked.given.size());
    }

    @Test
    void labelsAreNotDrafted() throws Exception {
        HeardExchange asked = new HeardExchange(new Task.Classify(2), POINT, slices.size());
        asked.ageNanos = LONG_AGO;
        Arrival arrival = answers.opened(asked);
        arrival.slices(slices.subList(0, 2));
        settle(asked);
        arrival.ready();
        assertEquals("done", asked.end());
        assertEquals(List.of(Part.Labels.CODE), asked.given.stream().map(Part::code).toList());
    }

    /** Others first: a draft is made only where nobody waits, and tried again with the next slice. */
    @Test
    void whoWaitsForTheModelGoesFirst() throws Exception {
        CountDownLatch hold = new CountDownLatch(1);
        HeardExchange asked = preview(LONG_AGO);
        Arrival arrival = answers.opened(asked);
        settle(asked);
        admission.later(() -> {
            try {
                return hold.await(Patience.SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        HeardExchange other = preview(0);
        answers.opened(other).ready();
        await(() -> admission.waiting() == 1);
        arrival.slices(slices.subList(0, 1));
        CountDownLatch decoded = new CountDownLatch(1);
        DECODERS.execute(asked.fingerprint(), decoded::countDown, () -> {
        });
        assertTrue(decoded.await(Patience.SECONDS, TimeUnit.SECONDS));
        assertEquals(1, admission.waiting());
        hold.countDown();
        assertTrue(other.end().startsWith("ANSWER_FAILED"), "it had no slices");
        settle(asked);
        assertEquals(0, asked.given.size());
        arrival.slices(slices.subList(1, 2));
        await(() -> asked.given.size() == 1);
        assertTrue(file(asked.given.getFirst()).contains("Restored from [2] of 4 bands"));
    }

    /** A draft that cannot be is no failure; one that nobody waits for any more is not made. */
    @Test
    void nothingIsSaidWhereThereIsNothingToSee() throws Exception {
        HeardExchange damaged = preview(LONG_AGO);
        Arrival arrival = answers.opened(damaged);
        arrival.slices(List.of(new Slice(0, 0, new byte[40])));
        settle(damaged);
        assertTrue(damaged.given.isEmpty() && !damaged.ended());
        arrival.slices(slices.subList(1, 4));
        arrival.ready();
        assertEquals("done", damaged.end());
        assertEquals(3L, damaged.summary.count("used"));
        HeardExchange gone = preview(LONG_AGO);
        Arrival left = answers.opened(gone);
        gone.cancelled = true;
        left.slices(slices.subList(0, 1));
        settle(gone);
        gone.atEnd.forEach(Runnable::run);
        assertEquals(0, admission.waiting());
        assertTrue(gone.given.isEmpty());
    }
}
