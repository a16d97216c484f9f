package dev.tandem.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.device.ClientSettings;
import dev.tandem.transport.device.TandemClient;
import dev.tandem.transport.edge.ServerSettings;
import dev.tandem.transport.edge.TandemServer;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.PackIdentity;
import dev.tandem.transport.session.PeerException;
import dev.tandem.transport.session.TransportChoice;
import dev.tandem.transport.tls.Credentials;
import dev.tandem.transport.tls.TestCertificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that must not come about, each named in words on the side that noticed. */
@ExtendWith(NoLeaks.class)
class HandshakeRefusalTest {
    @Test
    void saysThatNobodyListens() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        PeerException thrown = refused(ClientSettings.of("localhost", port, TestCertificates.DEVICE, Links.PACK));
        assertEquals(ErrorCode.UNREACHABLE, thrown.code());
        assertTrue(thrown.getMessage().contains("is it running"), thrown.getMessage());
    }

    @Test
    void saysThatTheNameIsNotKnown() {
        for (TransportChoice choice : TransportChoice.values()) {
            PeerException thrown = refused(ClientSettings
                    .of("no-such-host.invalid", 1, TestCertificates.DEVICE, Links.PACK).withTransport(choice));
            assertEquals(ErrorCode.UNREACHABLE, thrown.code());
            assertTrue(thrown.reason().contains("[no-such-host.invalid] is not known"), thrown.reason());
            assertEquals(0, thrown.getSuppressed().length, "said once");
        }
    }

    @Test
    void saysThatThePortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            ServerSettings settings = ServerSettings.of(
                    new InetSocketAddress("127.0.0.1", taken.getLocalPort()), TestCertificates.EDGE, Links.PACK);
            assertEquals(ErrorCode.UNREACHABLE,
                    assertThrows(PeerException.class, () -> TandemServer.start(settings, Links.echo())).code());
        }
    }

    @Test
    void givesUpOnAnEdgeThatSaysNothing() throws IOException {
        try (ServerSocket silent = new ServerSocket(0)) {
            PeerException thrown = refused(ClientSettings
                    .of("localhost", silent.getLocalPort(), TestCertificates.DEVICE, Links.PACK)
                    .withConnect(Duration.ofSeconds(1)));
            assertTrue(List.of(ErrorCode.HANDSHAKE_TIMEOUT, ErrorCode.CONNECT_TIMEOUT).contains(thrown.code()),
                    thrown.getMessage());
        }
    }

    @Test
    void namesTheEdgesBadCertificateOnTheDevice() {
        assertEdgeRefused(TestCertificates.EXPIRED_EDGE, ErrorCode.CERTIFICATE_EXPIRED, "has expired");
        assertEdgeRefused(TestCertificates.FAR_EDGE, ErrorCode.CERTIFICATE_WRONG_HOST, "another host");
        assertEdgeRefused(TestCertificates.trusting(TestCertificates.STRANGE_EDGE, TestCertificates.DEVICE),
                ErrorCode.CERTIFICATE_UNTRUSTED, "authority");
        assertEdgeRefused(TestCertificates.DEVICE, ErrorCode.CERTIFICATE_UNTRUSTED, "key usage");
    }

    @Test
    void namesTheDevicesBadCertificateOnBothEnds() throws Exception {
        assertDeviceRefused(TestCertificates.EXPIRED_DEVICE, ErrorCode.CERTIFICATE_EXPIRED);
        assertDeviceRefused(TestCertificates.trusting(TestCertificates.STRANGE_DEVICE, TestCertificates.EDGE),
                ErrorCode.CERTIFICATE_UNTRUSTED);
        assertDeviceRefused(TestCertificates.EDGE, ErrorCode.CERTIFICATE_UNTRUSTED);
    }

    @Test
    void refusesADeviceWithoutCertificate() throws Exception {
        try (TandemServer server = TandemServer.start(Links.server(), Links.echo());
                RawDevice device = RawDevice.connect(server.address().getPort(), null)) {
            assertThrows(IOException.class, () -> {
                device.write(new byte[1]);
                if (device.read() < 0) {
                    throw new IOException("closed");
                }
            });
            Links.await("refusal", () -> server.counters().ended(ErrorCode.CERTIFICATE_UNTRUSTED) == 1);
        }
    }

    @Test
    void survivesSomethingThatIsNotTls() throws Exception {
        try (TandemServer server = TandemServer.start(Links.server(), Links.echo());
                Socket socket = new Socket("127.0.0.1", server.address().getPort())) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes());
            Links.await("refusal", () -> server.counters().ended(ErrorCode.TLS_FAILED) == 1);
        }
    }

    /** Silent from the start, or behind the first bytes of a TLS record. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4})
    void endsAHandshakeThatDoesNotGoOn(int bytes) throws Exception {
        try (TandemServer server = TandemServer.start(Links.server().withHandshake(Duration.ofMillis(300)),
                Links.echo());
                Socket socket = new Socket("127.0.0.1", server.address().getPort())) {
            socket.getOutputStream().write(new byte[]{22, 3, 1, 0}, 0, bytes);
            Links.await("timeout", () -> server.counters().ended(ErrorCode.HANDSHAKE_TIMEOUT) >= 1);
            Links.await("close", () -> server.connections() == 0);
        }
    }

    @Test
    void refusesAnotherPackWithBothHashes() {
        assertHashRefused(Links.strangePack(), ErrorCode.PACK_MISMATCH, "strange", "tested");
        PackIdentity other = Links.pack(1, 4);
        assertHashRefused(other, ErrorCode.SECTION_MISMATCH, other.sectionHex("tested"),
                Links.PACK.sectionHex("tested"));
    }

    private static void assertHashRefused(PackIdentity held, ErrorCode code, String... words) {
        try (TandemServer server = TandemServer.start(Links.server(), Links.echo())) {
            ClientSettings settings = Links.client(server);
            PeerException thrown = refused(ClientSettings.of(settings.host(), settings.port(), settings.credentials(),
                    held).withTransport(TransportChoice.TCP));
            assertEquals(code, thrown.code());
            assertTrue(thrown.reason().contains(held.packHex()), thrown.reason());
            assertTrue(thrown.reason().contains(Links.PACK.packHex()), thrown.reason());
            for (String word : words) {
                assertTrue(thrown.reason().contains(word), thrown.reason());
            }
            assertEquals(1, server.counters().ended(code));
        }
    }

    private static void assertEdgeRefused(Credentials edge, ErrorCode code, String words) {
        try (TandemServer server = TandemServer.start(Links.server(edge), Links.echo())) {
            for (TransportChoice choice : TransportChoice.values()) {
                PeerException thrown = refused(Links.client(server).withTransport(choice));
                assertEquals(code, thrown.code(), choice + ": " + thrown.getMessage());
                assertTrue(thrown.getMessage().contains(words), thrown.getMessage());
            }
        }
    }

    private static void assertDeviceRefused(Credentials device, ErrorCode onTheEdge) throws Exception {
        try (TandemServer server = TandemServer.start(Links.server(), Links.echo())) {
            for (TransportChoice choice : TransportChoice.values()) {
                PeerException thrown = refused(ClientSettings.of("localhost", server.address().getPort(), device,
                        Links.PACK).withTransport(choice));
                assertTrue(List.of(ErrorCode.CERTIFICATE_REFUSED, ErrorCode.PEER_CLOSED).contains(thrown.code())
                        && thrown.getMessage().contains("refused"), choice + ": " + thrown.getMessage());
            }
            Links.await("count of " + onTheEdge, () -> server.counters().ended(onTheEdge) >= 1); // once a transport
        }
    }

    private static PeerException refused(ClientSettings settings) {
        return assertThrows(PeerException.class, () -> TandemClient.connect(settings).close());
    }
}
