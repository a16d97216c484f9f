package dev.tandem.edge.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.frame.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ModelThreadTest {
    @Test
    void allWorkRunsOnOnePlatformThread() {
        try (ModelThread thread = new ModelThread(1)) {
            Thread first = thread.call(Thread::currentThread);
            assertSame(first, thread.call(Thread::currentThread));
            assertTrue(!first.isVirtual() && first != Thread.currentThread());
        }
    }

    @Test
    void whatWorkThrowsIsThrownToTheCallerAndTheThreadLivesOn() {
        try (ModelThread thread = new ModelThread(1)) {
            var thrown = new IllegalArgumentException("no such thing");
            assertSame(thrown, assertThrows(IllegalArgumentException.class, () -> thread.call(() -> {
                throw thrown;
            })));
            assertEquals(3, thread.call(() -> 3));
        }
    }

    @Test
    void workThatFindsTheQueueFullIsRefusedWithTheLimit() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        ModelThread thread = new ModelThread(1);
        List<Thread> callers = new ArrayList<>();
        callers.add(Thread.ofPlatform().start(() -> thread.call(() -> {
            running.countDown();
            await(release);
            return null;
        })));
        running.await();
        callers.add(Thread.ofPlatform().start(() -> thread.call(() -> null)));
        while (callers.get(1).getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        var refused = assertThrows(RefusedException.class, () -> thread.call(() -> null));
        assertEquals(ErrorCode.OVERLOADED, refused.code());
        assertTrue(refused.getMessage().contains("[1]"), refused.getMessage());
        release.countDown();
        for (Thread caller : callers) {
            caller.join();
        }
        thread.close();
        assertEquals(ErrorCode.SHUTTING_DOWN,
                assertThrows(RefusedException.class, () -> thread.call(() -> null)).code());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
