package dev.tandem.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.device.ClientSettings;
import dev.tandem.transport.device.DeviceLoops;
import dev.tandem.transport.device.LinkWins;
import dev.tandem.transport.device.TandemClient;
import dev.tandem.transport.edge.HandshakeLoad;
import dev.tandem.transport.edge.TandemServer;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.session.LinkState;
import dev.tandem.transport.session.PeerException;
import dev.tandem.transport.session.Transport;
import dev.tandem.transport.session.TransportChoice;
import dev.tandem.transport.tls.TestCertificates;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** QUIC where it goes, TCP where UDP is blocked, one reason where nothing goes. */
@ExtendWith(NoLeaks.class)
class TransportRaceTest {
    @Test
    void prefersQuic() throws Exception {
        try (TandemServer server = TandemServer.start(Links.server(), Links.echo())) {
            // loading QUIC may take longer than its head start
            TandemClient.connect(Links.client(server, TransportChoice.QUIC)).close();
            Links.await("the first is gone", () -> server.connections() == 0);
            prefersQuic(server);
        }
    }

    private static void prefersQuic(TandemServer server) throws Exception {
        try (TandemClient client = TandemClient.connect(Links.client(server, TransportChoice.AUTO))) {
            assertEquals(Transport.QUIC, client.transport());
            assertEquals("hello", ask(client, "hello"));
            Links.await("the loser is closed", () -> server.connections() == 1);
            assertEquals(2, server.counters().connections(Transport.QUIC));
            assertEquals(1, client.wins().of(Transport.QUIC, LinkWins.Why.AHEAD)
                    + client.wins().of(Transport.QUIC, LinkWins.Why.QUICKER));
        }
    }

    @Test
    void fallsBackToTcpWhereUdpVanishes() throws Exception {
        try (TandemServer server = TandemServer.start(Links.server().withTransport(TransportChoice.TCP), Links.echo());
                DatagramSocket hole = new DatagramSocket(server.address().getPort(),
                        InetAddress.getLoopbackAddress())) {
            assertTrue(hole.isBound());
            long start = System.nanoTime();
            try (TandemClient client = TandemClient.connect(Links.client(server, TransportChoice.AUTO))) {
                assertEquals(Transport.TCP, client.transport());
                assertEquals("hello", ask(client, "hello"));
                long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
                assertEquals(1, client.wins().of(Transport.TCP, LinkWins.Why.QUICKER));
                assertTrue(millis >= 300, "TCP starts 300 ms after QUIC, answered after [" + millis + "]");
            }
        }
    }

    @Test
    void saysWhatTheLinkOfAnAnswerWasLike() throws Exception {
        Queue<LinkState> heard = new ConcurrentLinkedQueue<>();
        try (TandemServer server = TandemServer.start(Links.server(), Links.echo(), heard::add);
                TandemClient client = TandemClient.connect(Links.client(server, TransportChoice.QUIC))) {
            ask(client, "hello");
            Links.await("the listener has heard", () -> !heard.isEmpty());
            assertTrue(heard.peek().rttNanos() > 0);
            assertEquals("QUIC", heard.peek().transport());
            assertEquals(1, client.wins().of(Transport.QUIC, LinkWins.Why.ALONE));
        }
    }

    /** More handshakes at once than one address may have without proving it: the others are sent a Retry first. */
    @Test
    void connectsManyAtOnce() throws Exception {
        int many = 2 * HandshakeLoad.MANY_FROM_ONE;
        List<Future<TandemClient>> clients = new ArrayList<>();
        try (TandemServer server = TandemServer.start(Links.server(), Links.echo());
                DeviceLoops loops = DeviceLoops.of(2)) {
            try (ExecutorService hands = Executors.newFixedThreadPool(many)) {
                for (int i = 0; i < many; i++) {
                    clients.add(hands.submit(
                            () -> TandemClient.connect(Links.client(server, TransportChoice.QUIC), loops)));
                }
            }
            for (Future<TandemClient> each : clients) {
                assertEquals("hello", ask(each.get(), "hello"));
            }
            for (Future<TandemClient> each : clients) {
                each.get().close();
            }
        }
    }

    @Test
    void namesTheReasonThatSaysMost() {
        try (TandemServer server = TandemServer.start(Links.server(), Links.echo())) {
            ClientSettings other = ClientSettings
                    .of("localhost", server.address().getPort(), TestCertificates.DEVICE, Links.strangePack())
                    .withConnect(Duration.ofSeconds(20));
            PeerException thrown = assertThrows(PeerException.class, () -> TandemClient.connect(other));
            assertEquals(ErrorCode.PACK_MISMATCH, thrown.code());
        }
        PeerException thrown = assertThrows(PeerException.class, () -> TandemClient.connect(
                ClientSettings.of("localhost", 1, TestCertificates.DEVICE, Links.PACK)
                        .withConnect(Duration.ofSeconds(1))));
        assertTrue(thrown.code() == ErrorCode.UNREACHABLE || thrown.code() == ErrorCode.CONNECT_TIMEOUT,
                thrown.getMessage());
    }

    @Test
    void speaksPlainTextOnlyWhereBothAskForIt() throws Exception {
        try (TandemServer server = TandemServer.start(Links.server().withLab(true), Links.echo())) {
            try (TandemClient client = TandemClient.connect(Links.client(server).withLab(true))) {
                assertEquals("plain", ask(client, "plain"));
            }
            assertThrows(PeerException.class, () -> TandemClient.connect(Links.client(server)));
        }
        try (TandemServer server = TandemServer.start(Links.server(), Links.echo())) {
            assertThrows(PeerException.class, () -> TandemClient.connect(Links.client(server).withLab(true)));
        }
    }

    private static String ask(TandemClient client, String question) throws Exception {
        Talk exchange = Talk.ask(client, Links.ask(question));
        Links.get(exchange.answer());
        return exchange.text();
    }
}
