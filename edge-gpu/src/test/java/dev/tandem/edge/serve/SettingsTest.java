package dev.tandem.edge.serve;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.engine.EngineSettings;
import dev.tandem.method.HeadLimits;
import dev.tandem.task.Part;
import dev.tandem.task.Sink;
import dev.tandem.transport.session.TransportChoice;
import dev.tandem.transport.tls.Certificates;
import dev.tandem.transport.tls.Credentials;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings, each changed by itself; the first part's time; an errand's failures. */
class SettingsTest {
    @TempDir
    private static Path dir;
    private static Credentials credentials;

    @BeforeAll
    static void make() {
        credentials = Certificates.createDevelopment(dir.resolve("certs"), List.of("127.0.0.1")).edge();
    }

    private static EdgeSettings usual() {
        return EdgeSettings.of(dir, new InetSocketAddress("127.0.0.1", 7), credentials);
    }

    @Test
    void eachIsChangedByItselfAndNothingElseIs() {
        EdgeSettings usual = usual();
        EngineSettings two = usual.engine().withThreads(2);
        HeadLimits heads = new HeadLimits(9, 8);
        EdgeSettings all = usual.withEngine("onnx", usual.engine()).withThreads(2).withMethods(Set.of("raw"))
                .withHeads(heads).withQueue(3).withReadings(2, 77).withTransport(TransportChoice.TCP).withLab(true);
        assertEquals(new EdgeSettings(dir, usual.address(), credentials, "onnx", two, Set.of("raw"), heads, 3, 2, 77,
                TransportChoice.TCP, true), all);
        assertEquals(new EdgeSettings(dir, usual.address(), credentials, usual.engineName(), usual.engine(), Set.of(),
                HeadLimits.defaults(), 64, 4, 512L << 20, TransportChoice.AUTO, false), usual);
    }

    @Test
    void aQueueAndAReadingAreTheLeast() {
        assertDoesNotThrow(() -> usual().withQueue(1).withReadings(1, 0));
        assertThrows(IllegalArgumentException.class, () -> usual().withQueue(0));
        assertThrows(IllegalArgumentException.class, () -> usual().withReadings(0, 0));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> usual().withReadings(1, -1)).getMessage()
                .contains("bytes of readings [-1]"));
        assertThrows(NullPointerException.class, () -> usual().withHeads(null));
        assertThrows(NullPointerException.class, () -> usual().withEngine(null, usual().engine()));
        assertThrows(NullPointerException.class, () -> usual().withEngine("onnx", null));
        assertThrows(NullPointerException.class, () -> usual().withTransport(null));
        assertThrows(NullPointerException.class, () -> EdgeSettings.of(null, usual().address(), credentials));
        assertThrows(NullPointerException.class, () -> EdgeSettings.of(dir, null, credentials));
        assertThrows(NullPointerException.class, () -> EdgeSettings.of(dir, usual().address(), null));
    }

    @Test
    void theFirstPartIsTimedAndAllArePassedOn() {
        List<Part> parts = new ArrayList<>();
        FirstPart first = new FirstPart(new Sink() {
            @Override
            public void part(Part part) {
                parts.add(part);
            }

            @Override
            public boolean cancelled() {
                return parts.size() == 2;
            }
        });
        long begun = System.nanoTime();
        assertEquals(0, first.since(begun));
        first.part(new Part.Words("a"));
        long came = first.since(begun);
        assertTrue(came >= 0 && came <= System.nanoTime() - begun);
        assertEquals(false, first.cancelled());
        first.part(new Part.Words("b"));
        assertEquals(came, first.since(begun));
        assertEquals(List.of(new Part.Words("a"), new Part.Words("b")), parts);
        assertTrue(first.cancelled());
        assertEquals(false, FirstPart.NOBODY.cancelled());
    }

    @Test
    void anErrandGivesWhatItBroughtOrThrewItself() {
        Errand<String> good = new Errand<>(() -> "done");
        good.run();
        assertEquals("done", good.await());
        IllegalStateException wrong = new IllegalStateException("x");
        Errand<String> bad = new Errand<>(() -> {
            throw wrong;
        });
        bad.run();
        assertSame(wrong, assertThrows(IllegalStateException.class, bad::await));
        AssertionError error = new AssertionError("y");
        Errand<String> worse = new Errand<>(() -> {
            throw error;
        });
        worse.run();
        assertSame(error, assertThrows(AssertionError.class, worse::await));
    }
}
