package dev.tandem.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.foreign.MemoryAccount.Usage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryAccountTest {
    private final MemoryAccount root = new MemoryAccount("root", 1000);

    @Test
    void whatAnOwnerHoldsCountsAllTheWayUp() {
        MemoryAccount codec = root.owner("method").owner("codec");
        try (CountedArena mine = CountedArena.confined(root.owner("other"));
                CountedArena arena = CountedArena.confined(codec)) {
            mine.allocate(50);
            arena.allocate(200);
            assertEquals(250, root.reservedBytes());
            assertEquals(Map.of("method", new Usage(200, 200), "method/codec", new Usage(200, 200), "other",
                    new Usage(50, 50)), root.owners());
        }
        assertEquals(new Usage(0, 250), root.usage());
        assertEquals(List.of("method", "method/codec", "other"), List.copyOf(root.owners().keySet()));
        assertEquals(new Usage(0, 200), codec.usage());
    }

    @Test
    void anOwnerIsTheSameEveryTime() {
        assertSame(root.owner("a"), root.owner("a"));
        MemoryAccount capped = root.owner("b", 100);
        assertSame(capped, root.owner("b", 100));
        assertSame(capped, root.owner("b"));
        assertThrows(IllegalStateException.class, () -> root.owner("b", 101));
        assertThrows(IllegalArgumentException.class, () -> root.owner("a/b"));
        assertThrows(IllegalArgumentException.class, () -> root.owner(" "));
        assertThrows(IllegalArgumentException.class, () -> root.owner("c", -1));
        assertThrows(UnsupportedOperationException.class, () -> root.owners().clear());
    }

    @Test
    void theRootsCapHoldsForItsOwnersTogether() {
        assertEquals(1000, root.owner("a").capBytes());
        try (CountedArena a = CountedArena.confined(root.owner("a"));
                CountedArena b = CountedArena.confined(root.owner(
                        "b").owner("c"))) {
            a.allocate(600);
            OffHeapLimitException e = assertThrows(OffHeapLimitException.class, () -> b.allocate(401));
            assertTrue(e.getMessage().contains("account [root]: [600] of [1000] are in use (a 600)"), e.getMessage());
            assertEquals(new Usage(0, 0), root.owner("b").usage());
            assertEquals(new Usage(0, 0), root.owner("b").owner("c").usage());
            b.allocate(400);
            assertEquals(new Usage(1000, 1000), root.usage());
        }
    }

    @Test
    void anOwnersCapHoldsForItAlone() {
        MemoryAccount small = root.owner("small", 100);
        assertEquals(100, small.capBytes());
        assertEquals(1000, root.owner("large", 5000).capBytes());
        try (CountedArena arena = CountedArena.confined(small.owner("part"))) {
            arena.allocate(100);
            OffHeapLimitException e = assertThrows(OffHeapLimitException.class, () -> arena.allocate(1));
            assertTrue(e.getMessage().contains("account [small]"), e.getMessage());
            assertEquals(100, small.owner("part").reservedBytes());
            assertEquals(100, root.reservedBytes());
        }
        assertEquals(0, root.reservedBytes());
    }

    @Test
    void theHeapsPartOfTheMemoryIsNotCountedTwice() {
        assertEquals(768, MemoryCap.left(1024, 256));
        assertEquals(256, MemoryCap.left(1024, 1000));
        assertEquals(256, MemoryCap.left(1024, 4096));
        long process = MemoryAccount.process().capBytes();
        assertTrue(process > 0 && process <= MemoryCap.ofProcess());
    }
}
