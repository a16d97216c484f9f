package dev.tandem.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.device.ClientSettings;
import dev.tandem.transport.device.TandemClient;
import dev.tandem.transport.edge.TandemServer;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.session.PeerException;
import dev.tandem.transport.session.TransportChoice;
import dev.tandem.transport.tls.Credentials;
import dev.tandem.transport.tls.TestCertificates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whom the edge trusts no longer it serves no longer, connected or not. */
@ExtendWith(NoLeaks.class)
class TrustSweepTest {
    private static TandemClient device(TandemServer server, Credentials credentials, TransportChoice transport) {
        return TandemClient.connect(settings(server, credentials, transport));
    }

    private static ClientSettings settings(TandemServer server, Credentials credentials, TransportChoice transport) {
        return ClientSettings.of("localhost", server.address().getPort(), credentials, Links.PACK)
                .withConnect(Duration.ofSeconds(20)).withTransport(transport);
    }

    @ParameterizedTest
    @EnumSource(value = TransportChoice.class, names = {"QUIC", "TCP"})
    void endsTheConnectionOfARevokedDeviceAndNoOther(TransportChoice transport, @TempDir Path dir) throws Exception {
        TestCertificates.Fleet fleet = TestCertificates.fleet(dir);
        CountDownLatch asked = new CountDownLatch(1);
        try (LogLines log = new LogLines();
                TandemServer server = TandemServer.start(Links.server(fleet.edge()), Asked.by(x -> {
                    if (x.question().equals("hold")) {
                        asked.countDown();
                        x.awaitCancelled();
                    } else {
                        Links.echo(x);
                    }
                }));
                TandemClient one = device(server, fleet.one(), transport);
                TandemClient two = device(server, fleet.two(), transport)) {
            Talk held = Talk.ask(one, "hold");
            asked.await();
            fleet.revoke(fleet.one());
            PeerException why = Links.failure(held);
            assertEquals(ErrorCode.NO_LONGER_TRUSTED, why.code(), why.getMessage());
            assertTrue(why.getMessage().contains("was revoked at"), why.getMessage());
            Links.await("it is gone", () -> server.connections() == 1 && !one.connected());
            assertEquals(ErrorCode.NO_LONGER_TRUSTED, Links.failure(Talk.ask(one, "let me in")).code());
            assertEquals(1, log.with("WARN device [device-1] at").size());
            assertEquals(1, server.counters().ended(ErrorCode.NO_LONGER_TRUSTED) - 1,
                    "the exchange and the connection");
            Talk polite = Talk.ask(two, "and me?");
            Links.get(polite.answer());
            assertEquals("and me?", polite.text());
            assertTrue(two.connected());
            assertEquals(1, two.connections());
        }
    }

    @Test
    void endsThoseOfAnAuthorityThatIsTrustedNoLonger(@TempDir Path dir) throws Exception {
        TestCertificates.Fleet fleet = TestCertificates.fleet(Files.createDirectory(dir.resolve("fleet")));
        Path trust = Files.copy(fleet.edge().trust(), dir.resolve("trust.pem"));
        Credentials edge = new Credentials(fleet.edge().certificate(), fleet.edge().key(), trust);
        try (TandemServer server = TandemServer.start(Links.server(edge), Links.echo());
                TandemClient one = device(server, fleet.one(), TransportChoice.TCP)) {
            Path both = dir.resolve("both.pem");
            Files.writeString(both, Files.readString(trust) + Files.readString(TestCertificates.EDGE.trust()));
            Files.move(both, trust, StandardCopyOption.REPLACE_EXISTING);
            try (TandemClient other = TandemClient.open(settings(server,
                    TestCertificates.trusting(TestCertificates.DEVICE, fleet.one()), TransportChoice.TCP))) {
                Links.await("the new authority's device is in", other::connected);
                assertTrue(one.connected());
                Files.copy(TestCertificates.EDGE.trust(), trust, StandardCopyOption.REPLACE_EXISTING);
                Links.await("the first authority's device is gone", () -> !one.connected());
                assertTrue(other.connected());
                assertEquals(1, server.counters().ended(ErrorCode.NO_LONGER_TRUSTED));
            }
            assertFalse(one.connected());
        }
    }
}
