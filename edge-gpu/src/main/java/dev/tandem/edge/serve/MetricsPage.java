package dev.tandem.edge.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * {@code GET /metrics} as Prometheus text, in the clear: for an address that only the monitoring reaches. One thread of
 * its own.
 */
public final class MetricsPage implements AutoCloseable {
    private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";
    private static final int NOT_ALLOWED = 405;
    private static final int OK = 200;

    private final HttpServer server;

    private MetricsPage(HttpServer server) {
        this.server = server;
    }

    /** Serves what {@code text} gives at each request. IOException when the address cannot be bound, in words. */
    public static MetricsPage start(InetSocketAddress address, Supplier<String> text) throws IOException {
        try {
            HttpServer server = HttpServer.create(address, 0);
            server.createContext("/metrics", exchange -> answer(exchange, text));
            server.start();
            return new MetricsPage(server);
        } catch (IOException e) {
            throw new IOException("serving metrics on [" + address + "] failed [" + e.getMessage()
                    + "]; is the port taken, and the address this machine's?", e);
        }
    }

    private static void answer(HttpExchange exchange, Supplier<String> text) throws IOException {
        try (exchange) {
            if (!exchange.getRequestMethod().equals("GET")) {
                exchange.sendResponseHeaders(NOT_ALLOWED, -1);
                return;
            }
            byte[] body = text.get().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", TYPE);
            exchange.sendResponseHeaders(OK, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }

    /** With the real port. */
    InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
