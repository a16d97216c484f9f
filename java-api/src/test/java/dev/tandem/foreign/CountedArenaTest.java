package dev.tandem.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class CountedArenaTest {
    private final MemoryAccount account = new MemoryAccount("test", 1000);

    @Test
    void bytesAreCountedUntilTheArenaCloses() {
        try (CountedArena arena = CountedArena.confined(account)) {
            assertEquals(0, arena.allocate(64, 64).address() % 64);
            arena.allocate(ValueLayout.JAVA_LONG, 5L);
            assertEquals(104, account.reservedBytes());
            assertEquals(104, arena.allocatedBytes());
        }
        assertEquals(0, account.reservedBytes());
        assertEquals(104, account.highWaterBytes());
    }

    @Test
    void theCapIsHardAndARefusalTakesNothing() {
        try (CountedArena one = CountedArena.shared(account); CountedArena two = CountedArena.confined(account)) {
            one.allocate(600);
            OffHeapLimitException e = assertThrows(OffHeapLimitException.class, () -> two.allocate(401));
            assertEquals(401, e.requestedBytes());
            assertEquals(600, e.reservedBytes());
            assertEquals(1000, e.capBytes());
            assertTrue(e.getMessage().contains("[401]") && e.getMessage().contains("[1000]"), e.getMessage());
            assertThrows(OffHeapLimitException.class, () -> two.allocate(Long.MAX_VALUE));
            assertThrows(IllegalArgumentException.class, () -> two.allocate(-1));
            assertEquals(600, account.reservedBytes());
            two.allocate(400);
        }
        assertEquals(0, account.reservedBytes());
    }

    @Test
    void closingTwiceIsAnErrorAndCountsOnce() {
        CountedArena arena = CountedArena.confined(account);
        MemorySegment segment = arena.allocate(8);
        arena.close();
        assertThrows(IllegalStateException.class, arena::close);
        assertThrows(IllegalStateException.class, () -> segment.get(ValueLayout.JAVA_BYTE, 0));
        assertThrows(IllegalStateException.class, () -> arena.allocate(8));
        assertEquals(0, account.reservedBytes());
    }

    @Test
    void aSharedArenaServesSeveralThreads() throws InterruptedException {
        MemoryAccount large = new MemoryAccount("large", 1 << 20);
        try (CountedArena arena = CountedArena.shared(large)) {
            Thread[] threads = new Thread[4];
            for (int t = 0; t < threads.length; t++) {
                threads[t] = Thread.ofPlatform().start(() -> {
                    for (int i = 0; i < 100; i++) {
                        arena.allocate(16);
                    }
                });
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertEquals(4 * 100 * 16, large.reservedBytes());
        }
        assertEquals(0, large.reservedBytes());
    }

    @Test
    void theProcessAccountHasACap() {
        assertTrue(MemoryAccount.process().capBytes() > 0);
    }
}
