package dev.tandem.edge.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * {@code GET /metrics} as Prometheus text, in the clear: for an address that only the monitoring reaches. A thread that
 * is cheap for each connection, {@value #MOST_CONNECTIONS} at most, and {@value #SECONDS} seconds for a request and as
 * long for its answer, so that one that is sent by half or never read costs nobody else.
 */
public final class MetricsPage implements AutoCloseable {
    private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";
    private static final int NOT_ALLOWED = 405;
    private static final int OK = 200;

    private static final int NOT_FOUND = 404;
    private static final String PATH = "/metrics";
    private static final int MOST_CONNECTIONS = 256;
    private static final int SECONDS = 5;

    static {
        // The server reads these once, when its classes are loaded; what the user has set stands.
        setDefault("sun.net.httpserver.maxReqTime", SECONDS);
        setDefault("sun.net.httpserver.maxRspTime", SECONDS);
        setDefault("sun.net.httpserver.idleInterval", SECONDS);
        setDefault("jdk.httpserver.maxConnections", MOST_CONNECTIONS);
    }

    private final HttpServer server;
    private final ExecutorService threads;

    private MetricsPage(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    private static void setDefault(String name, int value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, Integer.toString(value));
        }
    }

    /** Serves what {@code text} gives at each request. IOException when the address cannot be bound, in words. */
    public static MetricsPage start(InetSocketAddress address, Supplier<String> text) throws IOException {
        try {
            HttpServer server = HttpServer.create(address, 0);
            ExecutorService threads = Executors
                    .newThreadPerTaskExecutor(Thread.ofVirtual().name("tandem-metrics-", 0).factory());
            server.setExecutor(threads);
            server.createContext(PATH, exchange -> answer(exchange, text));
            server.start();
            return new MetricsPage(server, threads);
        } catch (IOException e) {
            throw new IOException("serving metrics on [" + address + "] failed [" + e.getMessage()
                    + "]; is the port taken, and the address this machine's?", e);
        }
    }

    private static void answer(HttpExchange exchange, Supplier<String> text) throws IOException {
        try (exchange) {
            if (!exchange.getRequestURI().getPath().equals(PATH)) {
                exchange.sendResponseHeaders(NOT_FOUND, -1);
                return;
            }
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

    /** With the real port, where 0 was asked for. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
