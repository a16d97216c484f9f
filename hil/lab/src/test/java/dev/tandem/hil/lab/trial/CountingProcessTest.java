package dev.tandem.hil.lab.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.hil.lab.NoLeaks;
import dev.tandem.pack.PackException;
import dev.tandem.transport.device.TandemClient;
import dev.tandem.transport.session.TransportChoice;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The counting edge in a process of its own: it is reached, tells of itself, and is gone when it is closed. */
@Timeout(120)
@ExtendWith(NoLeaks.class)
class CountingProcessTest {

    @Test
    void tellsWhatHappenedInItAndEnds() throws Exception {
        List<ProcessHandle> before = ProcessHandle.current().children().toList();
        TrialSlices picture = TrialSlices.of(Tiny.pack(), 1);
        ProcessHandle child;
        try (CountingProcess edge = CountingProcess.start(Tiny.folder(), true)) {
            child = ProcessHandle.current().children().filter(each -> !before.contains(each)).findFirst().orElseThrow();
            EdgeVitals first = edge.vitals();
            assertEquals(0, first.connections());
            assertEquals(Map.of("QUIC", 0L, "TCP", 0L), first.hellos());
            assertTrue(first.threads() > 0 && first.descriptors() > 0 && first.heapBytes() > 0, first.toString());
            try (TandemClient device = TandemClient.connect(edge.settings(TransportChoice.TCP))) {
                device.ask(Rig.ask(picture), Rig.NOBODY).answer().get(30, TimeUnit.SECONDS);
                EdgeVitals then = edge.vitals();
                assertEquals(1, then.connections());
                assertEquals(Map.of("QUIC", 0L, "TCP", 1L), then.hellos());
                assertEquals(0, then.leaks());
                assertEquals(Map.of(), then.ended());
            }
        }
        assertTrue(!child.isAlive(), "the child outlived its trial");
    }

    @Test
    void aPackThatIsNoneStartsNothing() {
        List<ProcessHandle> before = ProcessHandle.current().children().toList();
        assertThrows(PackException.class, () -> CountingProcess.start(Path.of("no-pack-here"), false));
        assertEquals(before, ProcessHandle.current().children().toList());
    }

    @Test
    void vitalsCrossTheProcessBorderUnchanged() throws Exception {
        EdgeVitals vitals = new EdgeVitals(1, 2, 3, 4_000_000, 5_000_000, 6_000_000, 7, 8, Map.of("QUIC", 9L),
                Map.of("IDLE", 10L));
        ObjectMapper json = new ObjectMapper();
        assertEquals(vitals, json.readValue(json.writeValueAsString(vitals), EdgeVitals.class));
        assertEquals("1 connections, 2 threads, 3 descriptors, 4.0 MB heap, 5.0 MB direct, 6 MB resident, 7 leaks",
                vitals.toString());
    }
}
