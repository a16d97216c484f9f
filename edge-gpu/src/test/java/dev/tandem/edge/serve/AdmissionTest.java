package dev.tandem.edge.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.frame.ErrorCode;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private final List<String> heard = new CopyOnWriteArrayList<>();

    /** Work that notes what became of it. */
    private class Noted implements Work {
        private final String name;
        private volatile boolean cancelled;

        Noted(String name) {
            this.name = name;
        }

        @Override
        public String device() {
            return name;
        }

        @Override
        public void run() {
            heard.add(name);
        }

        @Override
        public void refused(ErrorCode code, String why) {
            heard.add(name + " " + code);
        }

        @Override
        public boolean cancelled() {
            return cancelled;
        }
    }

    /** Holds the model thread until it is released. */
    private static final class Gate implements AutoCloseable {
        private final CountDownLatch open = new CountDownLatch(1);

        Gate(Admission admission) {
            CountDownLatch reached = new CountDownLatch(1);
            admission.later(() -> {
                reached.countDown();
                Patience.await(open);
                return null;
            });
            Patience.await(reached);
        }

        @Override
        public void close() {
            open.countDown();
        }
    }

    @Test
    void allIsDoneOnOnePlatformThread() {
        try (Admission admission = new Admission(1)) {
            Thread first = admission.call(Thread::currentThread);
            assertSame(first, admission.call(Thread::currentThread));
            assertFalse(first.isVirtual() || first == Thread.currentThread());
        }
    }

    @Test
    void whatAnErrandThrowsIsThrownToItsCallerAndTheThreadLivesOn() {
        try (Admission admission = new Admission(1)) {
            var thrown = new IllegalArgumentException("no such thing");
            assertSame(thrown, assertThrows(IllegalArgumentException.class, () -> admission.call(() -> {
                throw thrown;
            })));
            assertEquals(3, admission.call(() -> 3));
        }
    }

    @Test
    void whatWorkThrowsIsToldAndTheThreadLivesOn() {
        try (Admission admission = new Admission(2)) {
            admission.submit(new Noted("a") {
                @Override
                public void run() {
                    throw new IllegalStateException("broken");
                }
            });
            admission.submit(new Noted("b"));
            assertEquals(List.of("a ANSWER_FAILED", "b"), told("b"));
        }
    }

    /** The list once that was heard; errands overtake work, so a call doesn't wait for it. */
    private List<String> told(String last) {
        for (int i = 0; i < 500 && !heard.contains(last); i++) {
            sleep();
        }
        return heard;
    }

    @Test
    void whoHasMostGoesWhenThereIsNoRoom() throws InterruptedException {
        try (Admission admission = new Admission(2)) {
            try (Gate _ = new Gate(admission)) {
                for (String name : List.of("a", "a", "b")) {
                    admission.submit(new Noted(name));
                }
                assertEquals(List.of("a OVERLOADED"), heard);
                assertEquals(2, admission.waiting());
            }
            assertEquals(List.of("a OVERLOADED", "a", "b"), told("b"));
        }
    }

    @Test
    void whoIsRefusedAgainAndAgainIsToWaitAndThenToGoAndNobodyElseIs() throws InterruptedException {
        try (Admission admission = new Admission(1)) {
            try (Gate _ = new Gate(admission)) {
                RefusedException waits = null;
                for (int i = 0; i < 10_000 && waits == null; i++) {
                    waits = asked(admission, "greedy");
                }
                assertEquals(ErrorCode.OVERLOADED, waits.code());
                assertTrue(waits.getMessage().contains("ms, not before"), waits.getMessage());
                assertFalse(waits.last());
                boolean last = false;
                for (int i = 0; i < 100_000 && !last; i++) {
                    RefusedException again = asked(admission, "greedy");
                    last = again != null && again.last();
                }
                assertTrue(last);
                admission.ask("polite");
            }
        }
    }

    /** What it is told when it asks; null where it may, and does. */
    private RefusedException asked(Admission admission, String device) {
        try {
            admission.ask(device);
            admission.submit(new Noted(device));
            return null;
        } catch (RefusedException e) {
            return e;
        }
    }

    @Test
    void whatHasEndedLeavesTheQueueAndMakesRoom() throws InterruptedException {
        try (Admission admission = new Admission(2)) {
            try (Gate _ = new Gate(admission)) {
                Noted first = new Noted("a");
                Noted second = new Noted("b");
                admission.submit(first);
                admission.submit(second);
                admission.ended(first);
                assertEquals(1, admission.waiting());
                second.cancelled = true;
                admission.submit(new Noted("c"));
                admission.submit(new Noted("d"));
                assertEquals(2, admission.waiting());
            }
            assertEquals(List.of("c", "d"), told("d"));
        }
    }

    @Test
    void whatNobodyWaitsForAnyMoreIsNotRun() throws InterruptedException {
        try (Admission admission = new Admission(4)) {
            try (Gate _ = new Gate(admission)) {
                Noted gone = new Noted("gone");
                admission.submit(gone);
                admission.submit(new Noted("here"));
                gone.cancelled = true;
            }
            assertEquals(List.of("here"), told("here"));
        }
    }

    @Test
    void errandsComeBeforeWhatWaits() throws InterruptedException {
        try (Admission admission = new Admission(4)) {
            try (Gate _ = new Gate(admission)) {
                admission.submit(new Noted("work"));
                admission.later(() -> heard.add("errand"));
            }
            assertEquals(List.of("errand", "work"), told("work"));
        }
    }

    @Test
    void closingRefusesWhatWaitsAndEndsTheThreadBehindTheErrands() throws InterruptedException {
        Admission admission = new Admission(4);
        Thread thread = admission.call(Thread::currentThread);
        Thread closer;
        try (Gate _ = new Gate(admission)) {
            admission.submit(new Noted("a"));
            admission.later(() -> heard.add("last errand"));
            closer = Thread.ofPlatform().start(admission::close);
            assertEquals(List.of("a SHUTTING_DOWN"), told("a SHUTTING_DOWN"));
        }
        closer.join();
        assertFalse(thread.isAlive());
        admission.submit(new Noted("b"));
        assertEquals(List.of("a SHUTTING_DOWN", "last errand", "b SHUTTING_DOWN"), heard);
        assertEquals(ErrorCode.SHUTTING_DOWN,
                assertThrows(RefusedException.class, () -> admission.call(() -> null)).code());
        admission.close();
        assertTrue(admission.waiting() == 0);
    }

    private static void sleep() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
