package dev.tandem.edge.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.foreign.CountedArena;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.pack.Pack;
import dev.tandem.task.Task;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ServeMetersTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MemoryAccount memory = new MemoryAccount("test", 1_000);
    private final ServeMeters meters = new ServeMeters(registry, memory);

    private double answers(String head, String task) {
        return registry.get("edge.head.answers").tag("head", head).tag("task", task).counter().count();
    }

    @Test
    void whatHeadsMayAnswerIsThereBeforeTheyDoAndCountedWhenTheyHave() {
        try (Admission admission = new Admission(1)) {
            meters.bind(admission, Offer.of(Pack.open(EdgeRig.PACK), Set.of()));
            assertEquals(0, registry.get("edge.queue").gauge().value());
            assertEquals(0, answers("words", "question"));
            assertEquals(0, answers("shapes", "classify"));
            meters.answered("words", new Task.Question("?", 0));
            meters.answered("words", new Task.Question("!", 0));
            meters.answered("shapes", new Task.Classify(1));
            assertEquals(2, answers("words", "question"));
            assertEquals(1, answers("shapes", "classify"));
        }
    }

    @Test
    void whatOwnersHoldAndHeldAtMostIsThereOnceItIsLookedAt() {
        CountedArena two = CountedArena.confined(memory.owner("two"));
        long bytes;
        try (CountedArena one = CountedArena.confined(memory.owner("one"))) {
            one.allocate(40, 8);
            two.allocate(100, 8);
            bytes = one.allocatedBytes();
            meters.refresh();
            assertTrue(bytes >= 40);
            assertEquals(bytes, held("edge.offheap", "one"));
            assertEquals(two.allocatedBytes(), held("edge.offheap", "two"));
        }
        meters.refresh();
        assertEquals(0, held("edge.offheap", "one"));
        assertEquals(bytes, held("edge.offheap.peak", "one"));
        two.close();
    }

    private double held(String name, String owner) {
        return registry.get(name).tag("owner", owner).gauge().value();
    }
}
