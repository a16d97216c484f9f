package dev.tandem.device.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.tandem.foreign.CountedArena;
import dev.tandem.foreign.MemoryAccount;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class OffHeapMetersTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void showsWhatEachOwnerHoldsAndHeld() {
        MemoryAccount memory = new MemoryAccount("test", 1 << 20);
        OffHeapMeters meters = new OffHeapMeters(memory);
        meters.bindTo(registry);
        assertNull(registry.find("device.offheap").gauge());
        try (CountedArena arena = CountedArena.confined(memory.owner("encoder"))) {
            arena.allocate(4096, 64);
            meters.refresh();
            assertEquals(4096, value("device.offheap"));
        }
        meters.refresh();
        assertEquals(0, value("device.offheap"));
        assertEquals(4096, value("device.offheap.peak"));
    }

    private double value(String name) {
        return registry.get(name).tag("owner", "encoder").gauge().value();
    }
}
