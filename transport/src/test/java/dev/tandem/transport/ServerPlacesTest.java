package dev.tandem.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.device.ClientSettings;
import dev.tandem.transport.device.TandemClient;
import dev.tandem.transport.edge.ServerSettings;
import dev.tandem.transport.edge.TandemServer;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.session.PeerException;
import dev.tandem.transport.session.TransportChoice;
import java.time.Duration;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whom an edge lets in. */
@ExtendWith(NoLeaks.class)
class ServerPlacesTest {
    @ParameterizedTest
    @EnumSource(names = {"QUIC", "TCP"})
    void letsInAsManyAsThereArePlacesFor(TransportChoice transport) throws Exception {
        ServerSettings settings = Links.server().withTransport(transport);
        for (ServerSettings each : new ServerSettings[]{settings.withConnections(1),
                settings.withConnectionsPerAddress(1)}) {
            try (TandemServer server = TandemServer.start(each, Links.echo())) {
                try (TandemClient first = TandemClient.connect(Links.client(server, transport))) {
                    ClientSettings second = Links.client(server, transport).withConnect(Duration.ofSeconds(1));
                    assertThrows(PeerException.class, () -> TandemClient.connect(second).close());
                    assertTrue(server.counters().ended(ErrorCode.OVERLOADED) > 0);
                    assertEquals("here", ServerTest.ask(first, "here"));
                }
                Links.await("its place is free", () -> server.connections() == 0);
                try (TandemClient next = TandemClient.connect(Links.client(server, transport))) {
                    assertEquals("there", ServerTest.ask(next, "there"));
                }
            }
        }
    }
}
