package dev.tandem.edge.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DecodersTest {
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Runnable NEVER = () -> {
        throw new AssertionError("nothing took long");
    };

    private final List<String> done = new CopyOnWriteArrayList<>();

    /** Does not let go, however often it is interrupted. */
    private static void hang(CountDownLatch until) {
        boolean over = false;
        while (!over) {
            try {
                until.await();
                over = true;
            } catch (InterruptedException e) {
                // As native code does.
            }
        }
    }

    @Test
    void devicesTakeTurns() throws InterruptedException {
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch all = new CountDownLatch(5);
        try (Decoders decoders = new Decoders(Duration.ofSeconds(30))) {
            decoders.execute("a", () -> hang(gate), NEVER);
            for (String name : List.of("a1", "a2", "a3", "b1", "c1")) {
                decoders.execute(name.substring(0, 1), () -> {
                    done.add(name);
                    all.countDown();
                }, NEVER);
            }
            gate.countDown();
            Patience.await(all);
            assertEquals("a3", done.getLast());
            assertTrue(done.indexOf("c1") < done.indexOf("a2"), done.toString());
        }
    }

    @Test
    void whatTakesTooLongIsToldAndOthersGoOnAndItsThreadIsInterrupted() throws InterruptedException {
        CountDownLatch told = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch next = new CountDownLatch(1);
        try (Decoders decoders = new Decoders(SHORT)) {
            decoders.execute("a", () -> {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    interrupted.countDown();
                }
            }, told::countDown);
            decoders.execute("b", next::countDown, () -> {
            });
            Patience.await(told);
            Patience.await(next);
            Patience.await(interrupted);
        }
    }

    /** Some hang for good; then nobody starts, until one of them ends. */
    @Test
    void thoseLeftBehindAreCounted() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch next = new CountDownLatch(1);
        List<Thread> threads = new CopyOnWriteArrayList<>();
        try (Decoders decoders = new Decoders(SHORT)) {
            CountDownLatch told = new CountDownLatch(Decoders.MOST_LEFT_BEHIND + 1);
            for (int i = 0; i <= Decoders.MOST_LEFT_BEHIND; i++) {
                decoders.execute("bad", () -> {
                    threads.add(Thread.currentThread());
                    hang(release);
                }, told::countDown);
            }
            Patience.await(told);
            decoders.execute("good", next::countDown, () -> {
            });
            assertEquals(Decoders.MOST_LEFT_BEHIND + 1, threads.size());
            assertEquals(threads.size(), threads.stream().distinct().count());
            assertEquals(1, next.getCount(), "as many threads hang as may");
            release.countDown();
            Patience.await(next);
        }
        for (Thread thread : new ArrayList<>(threads)) {
            thread.join(Duration.ofSeconds(Patience.SECONDS));
        }
        assertTrue(threads.stream().noneMatch(Thread::isAlive));
    }

    @Test
    void whatThrowsIsLoggedAndTheThreadLivesOn() throws InterruptedException {
        CountDownLatch next = new CountDownLatch(1);
        try (Decoders decoders = new Decoders(Duration.ofSeconds(30))) {
            decoders.execute("a", () -> {
                throw new OutOfMemoryError("as if");
            }, NEVER);
            decoders.execute("a", next::countDown, NEVER);
            Patience.await(next);
        }
    }

    @Test
    void closingDropsWhatWaitsAndDoesNotWaitForWhatRuns() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch runs = new CountDownLatch(1);
        Decoders decoders = new Decoders(Duration.ofSeconds(30));
        Thread[] worker = new Thread[1];
        decoders.execute("a", () -> {
            worker[0] = Thread.currentThread();
            runs.countDown();
            hang(release);
        }, NEVER);
        Patience.await(runs);
        decoders.execute("a", () -> done.add("late"), NEVER);
        decoders.close();
        decoders.close();
        decoders.execute("a", () -> done.add("later"), NEVER);
        release.countDown();
        worker[0].join(Duration.ofSeconds(Patience.SECONDS));
        assertEquals(List.of(), done);
    }
}
