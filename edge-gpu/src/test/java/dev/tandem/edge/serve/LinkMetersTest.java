package dev.tandem.edge.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.device.AskRequest;
import dev.tandem.transport.device.ClientSettings;
import dev.tandem.transport.device.TandemClient;
import dev.tandem.transport.edge.IncomingExchange;
import dev.tandem.transport.edge.ServerSettings;
import dev.tandem.transport.edge.TandemServer;
import dev.tandem.transport.frame.AnswerSummary;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.PackIdentity;
import dev.tandem.transport.session.LinkState;
import dev.tandem.transport.session.TransportChoice;
import dev.tandem.transport.tls.Certificates;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkMetersTest {
    private static final PackIdentity PACK = new PackIdentity("test", new byte[32], new byte[32]);

    private static final Path DOCUMENT = Path.of("..", "docs", "metrics.md");

    @TempDir
    Path dir;

    @Test
    void anAnswerAndARefusalAreInTheMetrics() throws Exception {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        LinkMeters meters = new LinkMeters(registry);
        Certificates.Development made = Certificates.createDevelopment(dir.resolve("certs"), List.of("127.0.0.1"));
        try (TandemServer server = TandemServer.start(
                ServerSettings.of(new InetSocketAddress("127.0.0.1", 0), made.edge(), PACK), LinkMetersTest::answer,
                meters)) {
            meters.bind(server);
            try (TandemClient client = TandemClient.connect(ClientSettings
                    .of("127.0.0.1", server.address().getPort(), made.device(), PACK)
                    .withTransport(TransportChoice.TCP))) {
                ask(client, "What?");
                assertThrows(Exception.class, () -> ask(client, "no"));
                assertEquals(1, registry.get("edge.connections").gauge().value());
            }
        }
        assertEquals(1, count(registry, "edge.hellos", "transport", "tcp"));
        assertEquals(0, count(registry, "edge.hellos", "transport", "quic"));
        assertEquals(1, count(registry, "edge.ended", "reason", "answer_failed"));
        assertEquals(4, count(registry, "edge.slices", "outcome", "announced"));
        assertEquals(4, count(registry, "edge.slices", "outcome", "used"));
        assertEquals(0, count(registry, "edge.slices", "outcome", "late"));
        assertEquals(1, registry.get("edge.answers").functionCounter().count());
        assertEquals(0, registry.get("edge.exchanges.open").gauge().value());
    }

    @Test
    void aMeasuredLinkIsInTheMetrics() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        LinkMeters meters = new LinkMeters(registry);
        meters.measured(new LinkState(40_000_000, 50_000, 0.05, 300, 1_156, "QUIC"));
        meters.measured(new LinkState(0, 0, 0.15, 100, 1_156, "QUIC")); // nothing known yet of time and rate
        assertEquals(1, registry.get("edge.rtt").timer().count());
        assertEquals(40, registry.get("edge.rtt").timer().mean(TimeUnit.MILLISECONDS), 1e-6);
        assertEquals(50_000, registry.get("edge.delivery.rate").summary().max());
        assertEquals(0.1, registry.get("edge.loss").summary().mean(), 1e-9);
        assertEquals(400, registry.get("edge.send.queue").summary().totalAmount());
    }

    @Test
    void everyNameInTheDocumentIsServed() throws Exception {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        LinkMeters meters = new LinkMeters(registry);
        try (TandemServer server = TandemServer.start(ServerSettings
                .of(new InetSocketAddress("127.0.0.1", 0), null, PACK).withLab(true), LinkMetersTest::answer)) {
            meters.bind(server);
            String served = registry.scrape();
            List<String> named = Pattern.compile("`(edge_[a-z_]+)").matcher(Files.readString(DOCUMENT)).results()
                    .map(found -> found.group(1)).toList();
            assertTrue(named.size() > 10, named.toString());
            assertEquals(List.of(), named.stream().filter(name -> !served.contains("# TYPE " + name + " ")).toList(),
                    served);
        }
    }

    private static double count(SimpleMeterRegistry registry, String name, String tag, String value) {
        return registry.get(name).tag(tag, value).functionCounter().count();
    }

    private static void answer(IncomingExchange exchange) {
        if (exchange.question().equals("no")) {
            exchange.fail(ErrorCode.ANSWER_FAILED, "as asked");
        } else {
            exchange.done(new AnswerSummary(2, 2, 0, 0, Map.of()));
        }
    }

    private static void ask(TandemClient client, String question) throws Exception {
        client.ask(AskRequest.of(question, 1, List.of(new byte[10], new byte[20])), words -> {
        }).answer().get(30, TimeUnit.SECONDS);
    }
}
