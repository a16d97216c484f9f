package dev.tandem.edge.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.engine.Engine;
import dev.tandem.engine.EngineSettings;
import dev.tandem.engine.Engines;
import dev.tandem.image.RgbImage;
import dev.tandem.method.DeviceMethod;
import dev.tandem.method.Methods;
import dev.tandem.pack.GoldenVector;
import dev.tandem.pack.OperatingPoint;
import dev.tandem.pack.Pack;
import dev.tandem.pack.PackException;
import dev.tandem.transport.device.AskRequest;
import dev.tandem.transport.device.ClientSettings;
import dev.tandem.transport.device.Exchange;
import dev.tandem.transport.device.TandemClient;
import dev.tandem.transport.frame.AnswerSummary;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.PackIdentity;
import dev.tandem.transport.session.PeerException;
import dev.tandem.transport.tls.Certificates;
import dev.tandem.transport.tls.Credentials;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daemon with the tiny random pack, over a real TLS link on loopback. */
class EdgeDaemonTest {
    private static final Path PACK = Path.of("..", "models", "tiny-vqa");

    @TempDir
    private static Path dir;
    private static Certificates.Development certificates;
    private static EdgeDaemon daemon;
    private static TandemClient client;

    @BeforeAll
    static void start() {
        certificates = Certificates.createDevelopment(dir.resolve("certs"), List.of("127.0.0.1"));
        daemon = EdgeDaemon.start(settings(certificates.edge()));
        client = connect(daemon);
    }

    @AfterAll
    static void stop() {
        client.close();
        daemon.close();
        daemon.close();
    }

    @Test
    void theGoldenQuestionGetsItsAnswerOverTheLink() {
        GoldenVector.OfText golden = daemon.pack().manifest().golden().stream()
                .filter(GoldenVector.OfText.class::isInstance).map(GoldenVector.OfText.class::cast).findFirst()
                .orElseThrow();
        Exchange exchange = client.ask(request(golden.prompt(), daemon.pack().defaultOperatingPoint(), List.of())
                .withAnswerTokenLimit(golden.ids().size()), words -> {
                });
        AnswerSummary summary = exchange.answer().join();
        assertEquals(golden.text(), exchange.text());
        assertEquals(golden.ids().size(), summary.words());
        assertEquals(0, summary.tokensTotal());
        assertTrue(summary.stageNanos().get(Stage.TOTAL) >= summary.stageNanos().get(Stage.FIRST_WORD));
        assertTrue(daemon.metrics().contains("edge_hellos_total{transport=\"quic\"}"), daemon.metrics());
        assertTrue(daemon.metrics().contains("edge_rtt_seconds_count"), daemon.metrics());
    }

    @Test
    void aSecondQuestionOnAPictureNeedsNoSecondLook() {
        OperatingPoint point = daemon.pack().operatingPoint("raw-c16");
        List<byte[]> slices = slices(point);
        Exchange first = client.ask(request("What is it?", point, slices), words -> {
        });
        AnswerSummary summary = first.answer().join();
        assertEquals(16, summary.tokensUsed());
        assertEquals(16, summary.tokensTotal());
        assertTrue(summary.stageNanos().get(Stage.PREFILL) > 0);
        client.ask(request("And this?", point, slices), words -> {
        }).answer().join();
        Exchange again = client.ask(request("What is it?", point, slices), words -> {
        });
        assertEquals(0, again.answer().join().stageNanos().get(Stage.PREFILL));
        assertEquals(first.text(), again.text());
    }

    @Test
    void anUnknownOperatingPointIsRefusedByName() {
        var refused = failure(client.ask(AskRequest.of("?", "c99", List.of(new byte[4])), words -> {
        }));
        assertEquals(ErrorCode.UNKNOWN_OPERATING_POINT, refused.code());
        assertTrue(refused.getMessage().contains("[c99]"), refused.getMessage());
    }

    @Test
    void damagedSlicesAndTooLongQuestionsFailInWordsAndTheNextOneIsAnswered() {
        OperatingPoint point = daemon.pack().operatingPoint("raw-c16");
        var damaged = failure(client.ask(request("?", point, List.of(new byte[]{1, 2, 3})), words -> {
        }));
        assertEquals(ErrorCode.ANSWER_FAILED, damaged.code());
        var tooLong = failure(client.ask(request("x".repeat(2000), point, List.of()), words -> {
        }));
        assertTrue(tooLong.getMessage().contains("maxTokens"), tooLong.getMessage());
        assertTrue(client.ask(request("?", point, List.of()), words -> {
        }).answer().join().words() > 0);
    }

    @Test
    void aCancelledQuestionStopsAtTheNextToken() throws InterruptedException {
        LinkedBlockingQueue<String> words = new LinkedBlockingQueue<>();
        Exchange exchange = client.ask(request("Tell me everything.", daemon.pack().defaultOperatingPoint(), List.of())
                .withAnswerTokenLimit(400), words::add);
        words.take();
        exchange.cancel();
        assertEquals(ErrorCode.CANCELLED, failure(exchange).code());
        assertTrue(client.ask(request("?", daemon.pack().defaultOperatingPoint(), List.of()), w -> {
        }).answer().join().words() > 0);
    }

    @Test
    void whatCannotStartSaysWhyAndLeavesNoThread() throws InterruptedException {
        long before = modelThreads();
        assertThrows(PackException.class,
                () -> EdgeDaemon.start(EdgeSettings.of(dir, new InetSocketAddress(0), certificates.edge())));
        EdgeSettings taken = settings(certificates.edge());
        assertThrows(PeerException.class, () -> EdgeDaemon
                .start(EdgeSettings.of(taken.pack(), daemon.address(), taken.credentials()).withMaxTokens(128)));
        // A pool is closed a moment before its thread is gone.
        for (int i = 0; i < 500 && modelThreads() > before; i++) {
            Thread.sleep(10);
        }
        assertEquals(before, modelThreads());
    }

    private static long modelThreads() {
        return Thread.getAllStackTraces().keySet().stream().filter(t -> t.getName().equals("tandem-model")).count();
    }

    private static List<byte[]> slices(OperatingPoint point) {
        byte[] rgb = new byte[64 * 48 * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i * 7 + i / 192 * 13);
        }
        try (Engine engine = Engines.select(Engines.AUTO).create(EngineSettings.defaults().withThreads(1));
                DeviceMethod method = Methods.device(point.method(), daemon.pack(), engine)) {
            return method.encode(new RgbImage(64, 48, rgb), point).slices();
        }
    }

    private static AskRequest request(String question, OperatingPoint point, List<byte[]> slices) {
        return point.id() == 0
                ? AskRequest.of(question, point.name(), slices)
                : AskRequest.of(question, point.id(), slices);
    }

    private static PeerException failure(Exchange exchange) {
        return (PeerException) assertThrows(CompletionException.class, () -> exchange.answer().join()).getCause();
    }

    private static EdgeSettings settings(Credentials credentials) {
        return EdgeSettings.of(PACK, new InetSocketAddress("127.0.0.1", 0), credentials).withThreads(1);
    }

    private static TandemClient connect(EdgeDaemon edge) {
        Pack pack = edge.pack();
        return TandemClient.connect(ClientSettings.of("127.0.0.1", edge.address().getPort(), certificates.device(),
                new PackIdentity(pack.manifest().name(), pack.hash(), pack.tableHash())));
    }
}
