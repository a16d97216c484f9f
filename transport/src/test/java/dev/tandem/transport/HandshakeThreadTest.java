package dev.tandem.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.device.TandemClient;
import dev.tandem.transport.edge.TandemServer;
import dev.tandem.transport.session.TransportChoice;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The edge signs and verifies beside its event loops, over either transport; the thread goes with the server. */
@ExtendWith(NoLeaks.class)
class HandshakeThreadTest {
    @ParameterizedTest
    @EnumSource(names = {"QUIC", "TCP"})
    void handshakesHaveAThreadOfTheirOwn(TransportChoice transport) {
        try (TandemServer server = TandemServer.start(Links.server(), Asked.by(Links::echo))) {
            assertEquals(0, handshaking());
            try (TandemClient client = TandemClient.connect(Links.client(server).withTransport(transport))) {
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
