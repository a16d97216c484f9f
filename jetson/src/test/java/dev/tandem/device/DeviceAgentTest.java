package dev.tandem.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.image.RgbImage;
import dev.tandem.transport.session.PeerException;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent with the tiny random pack against an edge that only echoes. */
class DeviceAgentTest {
    @TempDir
    private static Path dir;
    private static EchoEdge edge;
    private static DeviceAgent agent;

    @BeforeAll
    static void open() {
        edge = new EchoEdge(dir);
        agent = DeviceAgent.open(edge.settings());
    }

    @AfterAll
    static void close() {
        agent.close();
        edge.close();
    }

    @Test
    void aPictureGoesUpAsSlicesAndWordsComeDownOnTheCallersThread() throws InterruptedException {
        List<String> words = new ArrayList<>();
        Thread caller = Thread.currentThread();
        DeviceAnswer answer = agent.ask(RgbImage.black(40, 30), "what is this", agent.pack().operatingPoint("raw-c16"),
                word -> {
                    assertSame(caller, Thread.currentThread());
                    words.add(word);
                });
        assertEquals(List.of("what", " is", " this"), words);
        assertEquals("what is this", answer.text());
        assertEquals("raw-c16", answer.point());
        assertTrue(answer.slices() > 0 && answer.sliceBytes() > 16 * 384 * 2);
        assertTrue(answer.frameBytes() > answer.sliceBytes() && answer.wire().written() > answer.frameBytes());
        assertEquals(1_000_000, answer.edgeNanos());
        assertTrue(answer.encodeNanos() > 0 && answer.firstWordNanos() >= answer.encodeNanos());
        assertTrue(answer.linkNanos() > 0 && answer.totalNanos() >= answer.firstWordNanos());
    }

    @Test
    void aQuestionMayGoAlone() throws InterruptedException {
        DeviceAnswer answer = agent.ask("hello", word -> {
        });
        assertEquals("hello", answer.text());
        assertEquals(0, answer.slices());
    }

    @Test
    void theMetricsSayWhatCarriesTheLinkAndWhy() throws InterruptedException {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        new LinkMeters(agent).bindTo(registry);
        agent.ask("measure", word -> {
        });
        double made = registry.get("device.connections")
                .tag("transport", agent.link().transport().toLowerCase(Locale.ROOT))
                .functionCounters().stream().mapToDouble(FunctionCounter::count).sum();
        assertTrue(made >= 1, "no connection is counted");
        assertTrue(registry.get("device.rtt").timeGauge().value(TimeUnit.MILLISECONDS) >= 0);
        assertEquals(0, registry.get("device.send.queue").gauge().value());
    }

    @Test
    void aRefusalCarriesTheEdgesReason() throws InterruptedException {
        var refused = assertThrows(PeerException.class, () -> agent.ask("fail badly", word -> {
        }));
        assertTrue(refused.getMessage().contains("told to fail badly"), refused.getMessage());
        assertEquals("again", agent.ask("again", word -> {
        }).text());
    }

    @Test
    void anEdgeThatIsNotThereIsNamed() {
        DeviceSettings nowhere = DeviceSettings.of(EchoEdge.PACK, "127.0.0.1", 1, edge.development.device());
        var missing = assertThrows(PeerException.class, () -> DeviceAgent.open(nowhere));
        assertTrue(missing.getMessage().contains("127.0.0.1"), missing.getMessage());
    }
}
