package dev.tandem.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.device.AskRequest;
import dev.tandem.transport.device.ClientSettings;
import dev.tandem.transport.device.LinkWins;
import dev.tandem.transport.device.TandemClient;
import dev.tandem.transport.edge.ExchangeHandler;
import dev.tandem.transport.edge.ServerSettings;
import dev.tandem.transport.edge.TandemServer;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.LinkLimits;
import dev.tandem.transport.frame.Need;
import dev.tandem.transport.session.PeerException;
import dev.tandem.transport.session.Transport;
import dev.tandem.transport.session.TransportChoice;
import dev.tandem.transport.tls.TestCertificates;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.BindException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A device whose link is down, at first or for a while: it starts, holds what is asked, and says why when that was in
 * vain.
 */
@ExtendWith(NoLeaks.class)
class HeldQuestionTest {
    /**
     * A port that an edge can come to later: below those that the system gives to sockets by itself, since one of them
     * may be anybody's by then, even the dialling device's own.
     */
    private static int freePort() throws IOException {
        for (int tries = 0; tries < 100; tries++) {
            try (ServerSocket free = new ServerSocket(ThreadLocalRandom.current().nextInt(20_000, 32_000))) {
                return free.getLocalPort();
            } catch (BindException taken) {
                // The next one may be free.
            }
        }
        throw new IOException("looking for a free port from 20000 to 31999: 100 were taken");
    }

    private static ClientSettings client(int port) {
        return ClientSettings.of("localhost", port, TestCertificates.DEVICE, Links.PACK)
                .withTransport(TransportChoice.TCP).withConnect(Duration.ofSeconds(20));
    }

    private static TandemServer server(int port) {
        return server(port, Links.server().drain(), Links.echo());
    }

    private static TandemServer server(int port, Duration drain, ExchangeHandler handler) {
        ServerSettings any = Links.server();
        return TandemServer.start(ServerSettings.of(new InetSocketAddress("127.0.0.1", port), any.credentials(),
                any.pack()).withTransport(TransportChoice.TCP).withHandshake(Duration.ofSeconds(20)).withDrain(drain),
                handler);
    }

    @Test
    void startsWithoutAnEdgeAndSayOnceWhyNobodyAnswered() throws Exception {
        try (TandemClient client = TandemClient.open(client(freePort()).withConnect(Duration.ofMillis(700)))) {
            assertFalse(client.connected());
            assertEquals(LinkLimits.defaults(), client.limits());
            assertEquals(0, client.link().rttNanos());
            assertEquals(0, client.connections());
            assertEquals(0, client.report().received());
            assertEquals(0, client.wins().of(Transport.TCP, LinkWins.Why.ALONE));
            assertNull(client.transport());
            assertInstanceOf(PeerException.class,
                    assertThrows(ExecutionException.class, () -> Links.get(client.ping())).getCause());
            long start = System.nanoTime();
            PeerException why = Links.failure(Talk.ask(client, "anybody?"));
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            assertTrue(millis >= 690, "held for [" + millis + "] ms, needed the time to connect");
            assertEquals(ErrorCode.UNREACHABLE, why.code(), why.getMessage());
            assertEquals(1, why.getMessage().split("is it running", -1).length - 1, why.getMessage());
            assertEquals(1, why.getMessage().split("peer \\[", -1).length - 1, why.getMessage());
            AskRequest hasty = Links.ask("anybody?").withDeadline(Duration.ofMillis(100));
            assertEquals(ErrorCode.UNREACHABLE, Links.failure(Talk.ask(client, hasty)).code());
            assertFalse(client.hello().isDone(), "it goes on trying");
        }
    }

    @Test
    void asksWhenTheEdgeComesAndAgainWhenItComesBack() throws Exception {
        int port = freePort();
        try (TandemClient client = TandemClient.open(client(port))) {
            Talk early = Talk.ask(client, "early");
            Talk given = Talk.ask(client, "given up");
            given.cancel();
            assertEquals(ErrorCode.CANCELLED, Links.failure(given).code());
            try (TandemServer server = server(port)) {
                Links.get(client.hello());
                Links.get(early.answer());
                assertEquals("early", early.text());
                assertEquals(1, server.counters().answered());
            }
            Links.await("the link is down", () -> !client.connected());
            Talk late = Talk.ask(client, Links.ask("late").withDeadline(Duration.ofSeconds(25)));
            assertEquals(0, late.bytesSent());
            try (TandemServer server = server(port)) {
                Links.get(late.answer());
                assertEquals("late", late.text());
                assertEquals(1, server.counters().answered());
                assertEquals(2, client.connections());
            }
        }
    }

    /** An edge that goes and comes back costs no question: neither what is asked meanwhile nor what it left undone. */
    @Test
    void holdsWhatIsAskedWhileTheEdgeStartsAnew() throws Exception {
        int port = freePort();
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        TandemServer old = server(port, Duration.ofSeconds(10), Asked.by(x -> {
            asked.countDown();
            go.await();
            Links.echo(x);
        }));
        try (TandemClient client = TandemClient.open(client(port))) {
            Talk before = Talk.ask(client, "before");
            asked.await();
            Thread closer = Thread.ofPlatform().start(old::close);
            Links.await("the edge says goodbye", () -> !client.connected());
            Talk meanwhile = Talk.ask(client, Links.ask("meanwhile").withDeadline(Duration.ofSeconds(25)));
            Talk hasty = Talk.ask(client, Links.ask("hasty").withDeadline(Duration.ofMillis(100)));
            PeerException why = Links.failure(hasty);
            assertEquals(ErrorCode.SHUTTING_DOWN, why.code(), why.getMessage());
            assertEquals(1, why.getMessage().split("peer \\[", -1).length - 1, why.getMessage());
            assertFalse(meanwhile.answer().isDone());
            go.countDown();
            closer.join();
            Links.get(before.answer());
            assertEquals("before", before.text());
            Talk down = Talk.ask(client, "while it is down");
            try (TandemServer fresh = server(port)) {
                Links.get(meanwhile.answer());
                Links.get(down.answer());
                assertEquals("meanwhile", meanwhile.text());
                assertEquals("while it is down", down.text());
                assertEquals(2, fresh.counters().answered());
            }
        }
    }

    @Test
    void asksAgainWhatALeavingEdgeLeftUndone() throws Exception {
        int port = freePort();
        TandemServer old = server(port, Duration.ofMillis(50), Asked.by(Asked::awaitCancelled));
        try (TandemClient client = TandemClient.open(client(port))) {
            Links.get(client.hello());
            Talk undone = Talk.ask(client, "undone");
            Links.await("it is there", () -> old.counters().open() == 1);
            old.close();
            try (TandemServer fresh = server(port)) {
                Links.get(undone.answer());
                assertEquals("undone", undone.text());
                assertEquals(1, fresh.counters().answered());
            }
        }
    }

    @Test
    void endsAtOnceWhenTheEdgeWantsNoneOfIt() throws Exception {
        try (TandemServer server = TandemServer.start(Links.server(), Links.echo());
                TandemClient client = TandemClient.open(ClientSettings.of("localhost", server.address().getPort(),
                        TestCertificates.DEVICE, Links.strangePack()).withConnect(Duration.ofSeconds(20)))) {
            Talk held = Talk.ask(client, "held");
            assertEquals(ErrorCode.PACK_MISMATCH, Links.failure(held).code());
            assertEquals(ErrorCode.PACK_MISMATCH, Links.failure(Talk.ask(client, "new")).code());
            PeerException refused = assertInstanceOf(PeerException.class,
                    assertThrows(ExecutionException.class, () -> Links.get(client.hello())).getCause());
            assertEquals(ErrorCode.PACK_MISMATCH, refused.code());
        }
    }

    @Test
    void endsWhatIsHeldWhenItCloses() throws Exception {
        Talk held;
        TandemClient client = TandemClient.open(client(freePort()));
        try (client) {
            held = Talk.ask(client, "held");
        }
        assertEquals(ErrorCode.CLOSED, Links.failure(held).code());
        assertEquals(ErrorCode.CLOSED, Links.failure(Talk.ask(client, "new")).code());
        assertThrows(ExecutionException.class, () -> Links.get(client.hello()));
    }

    @Test
    void endsAtOnceWhenNobodyConnectsAnew() throws Exception {
        try (TandemClient client = TandemClient.open(client(freePort()).withReconnect(false))) {
            assertEquals(ErrorCode.UNREACHABLE, Links.failure(Talk.ask(client, "held")).code());
            assertEquals(ErrorCode.UNREACHABLE, Links.failure(Talk.ask(client, "new")).code());
        }
    }

    @Test
    void refusesSlicesThatNoPointExplains() throws Exception {
        try (TandemClient client = TandemClient.open(client(freePort()))) {
            AskRequest bad = AskRequest.of(1, new byte[1]).withSlices(Links.sliced(new byte[1]), Need.ANY);
            assertThrows(IllegalArgumentException.class, () -> Talk.ask(client, bad));
        }
    }
}
