package dev.tandem.edge.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.foreign.MemoryAccount;
import dev.tandem.pack.Pack;
import dev.tandem.transport.device.AskRequest;
import dev.tandem.transport.device.ClientSettings;
import dev.tandem.transport.device.TandemClient;
import dev.tandem.transport.edge.Arrival;
import dev.tandem.transport.edge.IncomingExchange;
import dev.tandem.transport.edge.ServerSettings;
import dev.tandem.transport.edge.TandemServer;
import dev.tandem.transport.frame.AnswerSummary;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Need;
import dev.tandem.transport.frame.PackIdentity;
import dev.tandem.transport.frame.Slice;
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
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkMetersTest {
    private static final PackIdentity PACK = new PackIdentity("test", new byte[32], Map.of("m", new byte[32]));

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
                ask(client, 1);
                assertThrows(Exception.class, () -> ask(client, 99));
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
        try (Admission admission = new Admission(1);
                TandemServer server = TandemServer.start(ServerSettings
                        .of(new InetSocketAddress("127.0.0.1", 0), null, PACK).withLab(true), LinkMetersTest::answer)) {
            meters.bind(server);
            MemoryAccount memory = new MemoryAccount("test", 1);
            memory.owner("somebody");
            ServeMeters serving = new ServeMeters(registry, memory);
            serving.bind(admission, Offer.of(Pack.open(EdgeRig.PACK), Set.of()));
            serving.refresh();
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

    private static Arrival answer(IncomingExchange exchange) {
        return new Arrival() {
            @Override
            public void slices(List<Slice> fresh) {
                // All that counts is that they came.
            }

            @Override
            public void ready() {
                if (exchange.task() == 99) {
                    exchange.fail(ErrorCode.ANSWER_FAILED, "as asked");
                } else {
                    exchange.done(new AnswerSummary("head", Map.of(), Map.of()));
                }
            }
        };
    }

    private static void ask(TandemClient client, int task) throws Exception {
        client.ask(AskRequest.of(task, new byte[1]).withPoint(1).withSlices(
                List.of(new Slice(0, 0, new byte[10]), new Slice(1, 0, new byte[20])), Need.ANY), (kind, bytes) -> {
                }).answer().get(Patience.SECONDS, TimeUnit.SECONDS);
    }
}
