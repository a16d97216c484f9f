package dev.tandem.edge.serve;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** How long a test waits for what must come: long, since machines are busy; mutation tests shorten it. */
final class Patience {
    static final int SECONDS = Integer.getInteger("tandem.test.patience", 30);

    private Patience() {
    }

    static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(SECONDS, TimeUnit.SECONDS), "nothing came");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits for a condition that another thread brings about. */
    static void until(BooleanSupplier holds) throws InterruptedException {
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS); !holds.getAsBoolean();) {
            assertTrue(System.nanoTime() < end, "it never came to that");
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }
}
