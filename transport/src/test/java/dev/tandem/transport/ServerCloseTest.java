package dev.tandem.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.device.TandemClient;
import dev.tandem.transport.edge.TandemServer;
import dev.tandem.transport.session.PeerException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An edge that shuts down while a device waits for an answer. */
@ExtendWith(NoLeaks.class)
class ServerCloseTest {
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);
    private final TandemServer server = TandemServer.start(Links.server().withDrain(Duration.ofSeconds(20)),
            Asked.by(asked -> {
                started.countDown();
                go.await();
                Links.echo(asked);
            }));

    private Talk talk(TandemClient client) throws InterruptedException {
        Talk talk = Talk.ask(client, "almost");
        assertTrue(started.await(Links.PATIENCE_SECONDS, TimeUnit.SECONDS));
        return talk;
    }

    @Test
    void finishesWhatItHasAndTakesNobodyNew() throws Exception {
        try (TandemClient client = TandemClient.connect(Links.client(server))) {
            Talk talk = talk(client);
            Thread closer = Thread.ofPlatform().start(server::close);
            Links.await("goodbye", () -> !client.connected());
            assertThrows(PeerException.class, () -> TandemClient.connect(Links.client(server)).close());
            assertTrue(closer.isAlive(), "it waits for what is in flight");
            go.countDown();
            Links.get(talk.answer());
            assertEquals("almost", talk.text());
            closer.join();
            assertEquals(0, server.connections());
        }
    }

    @Test
    void endsWithoutWaitingWhenItsThreadIsInterrupted() throws Exception {
        try (TandemClient client = TandemClient.connect(Links.client(server))) {
            talk(client);
            Thread.currentThread().interrupt();
            server.close();
            assertTrue(Thread.interrupted(), "who interrupted it may want to know");
        } finally {
            go.countDown();
        }
    }
}
