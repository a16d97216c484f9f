package dev.tandem.device;

import dev.tandem.pack.Pack;
import dev.tandem.transport.edge.IncomingExchange;
import dev.tandem.transport.edge.ServerSettings;
import dev.tandem.transport.edge.TandemServer;
import dev.tandem.transport.frame.AnswerSummary;
import dev.tandem.transport.frame.PackIdentity;
import dev.tandem.transport.tls.Certificates;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** An edge without a model: says the question back word by word, or fails when asked to. */
final class EchoEdge implements AutoCloseable {
    static final Path PACK = Path.of("..", "models", "tiny-vqa");

    final Path certificates;
    final Certificates.Development development;
    private final TandemServer server;

    EchoEdge(Path dir) {
        certificates = dir.resolve("certs");
        development = Certificates.createDevelopment(certificates, List.of("127.0.0.1"));
        Pack pack = Pack.open(PACK);
        server = TandemServer.start(ServerSettings.of(new InetSocketAddress("127.0.0.1", 0), development.edge(),
                new PackIdentity(pack.manifest().name(), pack.hash(), pack.tableHash())), EchoEdge::answer);
    }

    private static void answer(IncomingExchange exchange) {
        if (exchange.question().startsWith("fail")) {
            exchange.fail("told to " + exchange.question());
            return;
        }
        for (String word : exchange.question().split("(?= )"))
            exchange.words(word);
        exchange.done(
                new AnswerSummary(exchange.slices().size(), 16, 3, 9, Map.of("queue", 5L, "total", 1_000_005L)));
    }

    int port() {
        return server.address().getPort();
    }

    DeviceSettings settings() {
        return DeviceSettings.of(PACK, "127.0.0.1", port(), development.device());
    }

    @Override
    public void close() {
        server.close();
    }
}
