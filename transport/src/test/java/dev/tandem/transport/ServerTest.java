package dev.tandem.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.device.TandemClient;
import dev.tandem.transport.edge.ServerSettings;
import dev.tandem.transport.edge.TandemServer;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.session.PeerException;
import dev.tandem.transport.session.Transport;
import dev.tandem.transport.session.TransportChoice;
import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Where an edge listens. */
@ExtendWith(NoLeaks.class)
class ServerTest {
    private static final InetAddress HOST = InetAddress.getLoopbackAddress();

    static String ask(TandemClient client, String question) throws Exception {
        Talk talk = Talk.ask(client, question);
        Links.get(talk.answer());
        return talk.text();
    }

    @Test
    void servesBothTransportsOnOnePort() throws Exception {
        try (TandemServer server = TandemServer.start(Links.server(), Links.echo());
                TandemClient quic = TandemClient.connect(Links.client(server, TransportChoice.QUIC));
                TandemClient tcp = TandemClient.connect(Links.client(server, TransportChoice.TCP))) {
            assertEquals("over QUIC", ask(quic, "over QUIC"));
            assertEquals("over TCP", ask(tcp, "over TCP"));
            assertEquals(2, server.connections());
            assertEquals(1, server.counters().connections(Transport.QUIC));
            assertEquals(1, server.counters().connections(Transport.TCP));
        }
    }

    @Test
    void listensOnNothingButWhatItIsAskedFor() throws Exception {
        try (TandemServer server = TandemServer.start(Links.server().withTransport(TransportChoice.TCP), Links.echo());
                DatagramSocket free = new DatagramSocket(server.address().getPort(), HOST);
                TandemClient tcp = TandemClient.connect(Links.client(server, TransportChoice.TCP))) {
            assertTrue(free.isBound());
            assertEquals("over TCP", ask(tcp, "over TCP"));
        }
        try (TandemServer server = TandemServer.start(Links.server().withTransport(TransportChoice.QUIC), Links.echo());
                TandemClient quic = TandemClient.connect(Links.client(server, TransportChoice.QUIC))) {
            assertThrows(ConnectException.class, () -> new Socket(HOST, server.address().getPort()).close());
            assertEquals("over QUIC", ask(quic, "over QUIC"));
        }
    }

    @Test
    void listensInALaboratoryWithoutCredentials() throws Exception {
        ServerSettings lab = Links.server(null).withLab(true);
        assertEquals(TransportChoice.TCP, lab.transport());
        try (TandemServer server = TandemServer.start(lab, Links.echo());
                TandemClient client = TandemClient.connect(Links.client(server).withLab(true))) {
            assertEquals("plain", ask(client, "plain"));
        }
        assertEquals(TransportChoice.AUTO, Links.server().withLab(false).transport());
    }

    @Test
    void leavesNothingBehindWhenItsUdpPortIsTaken() throws IOException {
        try (DatagramSocket taken = new DatagramSocket(0, HOST)) {
            ServerSettings settings = ServerSettings.of(new InetSocketAddress(HOST, taken.getLocalPort()),
                    Links.server().credentials(), Links.PACK);
            PeerException thrown = assertThrows(PeerException.class, () -> TandemServer.start(settings, Links.echo()));
            assertEquals(ErrorCode.UNREACHABLE, thrown.code());
            assertTrue(thrown.getMessage().contains("is the port taken"), thrown.getMessage());
            try (ServerSocket free = new ServerSocket(taken.getLocalPort(), 1, HOST)) {
                assertTrue(free.isBound());
            }
        }
    }

    @Test
    void closesTwice() {
        TandemServer server = TandemServer.start(Links.server(), Links.echo());
        server.close();
        server.close();
        assertFalse(Thread.currentThread().isInterrupted());
    }
}
