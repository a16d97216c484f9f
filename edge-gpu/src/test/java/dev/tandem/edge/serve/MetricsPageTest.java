package dev.tandem.edge.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
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
}
