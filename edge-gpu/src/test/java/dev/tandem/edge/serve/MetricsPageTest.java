package dev.tandem.edge.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsPageTest {
    private static final InetSocketAddress ANY = new InetSocketAddress("127.0.0.1", 0);

    @Test
    void whatIsCountedNowIsServed() throws Exception {
        int[] asked = new int[1];
        try (MetricsPage page = MetricsPage.start(ANY, () -> "edge_connections " + ++asked[0] + "\n");
                HttpClient browser = HttpClient.newHttpClient()) {
            HttpRequest.Builder request = HttpRequest
                    .newBuilder(URI.create("http://127.0.0.1:" + page.address().getPort() + "/metrics"));
            browser.send(request.build(), BodyHandlers.ofString());
            HttpResponse<String> second = browser.send(request.build(), BodyHandlers.ofString());
            assertEquals("edge_connections 2\n", second.body());
            assertTrue(second.headers().firstValue("Content-Type").orElse("").startsWith("text/plain"));
            assertEquals(405,
                    browser.send(request.POST(BodyPublishers.ofString("x")).build(), BodyHandlers.discarding())
                            .statusCode());
            IOException taken = assertThrows(IOException.class, () -> MetricsPage.start(page.address(), () -> ""));
            assertTrue(taken.getMessage().contains("port taken"), taken.getMessage());
        }
    }

    /** Requests that are sent by half, and some whose answer nobody reads, do not keep others from the page. */
    @Test
    void whoSendsHalfARequestBlocksNobody() throws Exception {
        List<Socket> half = new ArrayList<>();
        try (MetricsPage page = MetricsPage.start(ANY, () -> "edge_queue 0\n");
                HttpClient browser = HttpClient.newHttpClient()) {
            for (int i = 0; i < 30; i++) {
                Socket socket = new Socket(page.address().getAddress(), page.address().getPort());
                half.add(socket);
                socket.getOutputStream().write("GET /metrics HTTP/1.1\r\nHo".substring(0, 1 + i % 25).getBytes());
            }
            String at = "http://127.0.0.1:" + page.address().getPort();
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(at + "/metrics"));
            assertEquals("edge_queue 0\n", browser.send(request.build(), BodyHandlers.ofString()).body());
            for (String other : List.of("/metricsandmore", "/metrics/", "/metrics/x", "/", "/Metrics")) {
                assertEquals(404, browser.send(HttpRequest.newBuilder(URI.create(at + other)).build(),
                        BodyHandlers.discarding()).statusCode(), other);
            }
        } finally {
            for (Socket socket : half) {
                socket.close();
            }
        }
    }
}
