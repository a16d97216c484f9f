package dev.tandem.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.device.TandemClient;
import dev.tandem.transport.edge.TandemServer;
import dev.tandem.transport.session.TransportChoice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The edge signs and verifies beside its TCP loops; the thread goes with the server. */
@ExtendWith(NoLeaks.class)
class HandshakeThreadTest {
    @Test
    void handshakesOverTcpHaveAThreadOfTheirOwn() {
        try (TandemServer server = TandemServer.start(Links.server(), Asked.by(Links::echo))) {
            assertEquals(0, handshaking());
            try (TandemClient client = TandemClient.connect(Links.client(server, TransportChoice.TCP))) {
                assertTrue(client.connected());
                assertEquals(1, handshaking());
            }
        }
    }

    private static long handshaking() {
        return Thread.getAllStackTraces().keySet().stream().filter(each -> each.getName().startsWith("tandem-edge-tls"))
                .count();
    }
}
