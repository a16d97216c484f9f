package dev.tandem.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.device.AskRequest;
import dev.tandem.transport.device.ClientSettings;
import dev.tandem.transport.device.TandemClient;
import dev.tandem.transport.edge.TandemServer;
import dev.tandem.transport.frame.AnswerSummary;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Need;
import dev.tandem.transport.session.PeerException;
import dev.tandem.transport.session.Transport;
import dev.tandem.transport.session.TransportChoice;
import dev.tandem.transport.tls.TestCertificates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What only QUIC can do: lose slices and answer, offer them again, change the address, notice a dead path. */
@ExtendWith(NoLeaks.class)
class QuicLinkTest {
    /** Slices of this size make packets that the fork can tell from all others. */
    private static final int BIG = 1_000;

    private static ClientSettings through(UdpFork fork, TandemServer server) {
        return ClientSettings.of("localhost", fork.port(), TestCertificates.DEVICE, Links.PACK)
                .withConnect(Duration.ofSeconds(20)).withTransport(TransportChoice.QUIC);
    }

    private static AskRequest four() {
        return Links.ask("what is left?", Links.slice(50, 1), Links.slice(BIG, 2), Links.slice(BIG, 3),
                Links.slice(BIG, 4));
    }

    @Test
    void answersFromTheSlicesThatArrived() throws Exception {
        try (TandemServer server = TandemServer.start(Links.server(), Links.echo());
                UdpFork fork = new UdpFork(server.address().getPort());
                TandemClient client = TandemClient.connect(through(fork, server))) {
            fork.dropUp(bytes -> bytes > BIG);
            Talk exchange = Talk.ask(client, four().withDecodeWait(Duration.ofSeconds(3)));
            AnswerSummary summary = Links.get(exchange.answer());
            assertEquals(1, summary.slicesUsed(), "only the one on the stream is small enough to pass");
            assertEquals(4, summary.slicesAnnounced());
            assertEquals(50, summary.count("bytes"));
            assertEquals(BitSet.valueOf(new byte[]{1}), exchange.exchange().received(), "as the edge said");
            assertTrue(exchange.offeredAgain() > 0, "what was missing was offered again while there was time");
        }
    }

    /** Not the first two large packets alone are dropped: one may be a handshake's that QUIC sent twice. */
    @Test
    void offersAgainWhatWasLost() throws Exception {
        try (TandemServer server = TandemServer.start(Links.server(), Links.echo());
                UdpFork fork = new UdpFork(server.address().getPort());
                TandemClient client = TandemClient.connect(through(fork, server))) {
            fork.dropUp(bytes -> bytes > BIG);
            Talk exchange = Talk.ask(client, four().withDecodeWait(Duration.ofSeconds(20)));
            Links.await("two offered again", () -> exchange.offeredAgain() >= 2);
            fork.dropUp(bytes -> false);
            assertEquals(4, Links.get(exchange.answer()).slicesUsed());
        }
    }

    /**
     * One packet in five is lost each way, and eight questions are under way at a time, so that they overtake one
     * another.
     */
    @Test
    void answersEverythingWhereMuchIsLost() throws Exception {
        SplittableRandom luck = new SplittableRandom(5);
        try (TandemServer server = TandemServer.start(Links.server(), Links.echo());
                UdpFork fork = new UdpFork(server.address().getPort());
                TandemClient client = TandemClient.connect(through(fork, server))) {
            fork.drop(bytes -> {
                synchronized (luck) {
                    return luck.nextInt(5) == 0;
                }
            });
            for (int round = 0; round < 10; round++) {
                List<Talk> exchanges = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    exchanges.add(Talk.ask(client, four().withDecodeWait(Duration.ofMillis(100))));
                }
                for (Talk each : exchanges) {
                    assertTrue(Links.get(each.answer()).slicesUsed() > 0);
                    assertEquals("what is left?", each.text());
                }
            }
            assertEquals(1, client.connections());
            assertTrue(client.link().loss() > 0.05, "loss seen " + client.link().loss());
        }
    }

    @Test
    void sendsWhatIsOfUseOnlyWholeOnTheStream() throws Exception {
        try (TandemServer server = TandemServer.start(Links.server(), Links.echo());
                TandemClient client = TandemClient.connect(Links.client(server, TransportChoice.QUIC))) {
            Talk exchange = Talk.ask(client, four().withSlices(four().slices(), Need.ALL));
            assertEquals(4, Links.get(exchange.answer()).slicesUsed());
            assertEquals(0, exchange.offeredAgain());
        }
    }

    @Test
    void keepsExchangesWhenTheAddressChanges() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch started = new CountDownLatch(1);
        try (TandemServer server = TandemServer.start(Links.server(), Asked.by(x -> {
            started.countDown();
            go.await();
            Links.echo(x);
        }));
                UdpFork fork = new UdpFork(server.address().getPort());
                TandemClient client = TandemClient.connect(through(fork, server))) {
            Talk exchange = Talk.ask(client, four());
            assertTrue(started.await(Links.PATIENCE_SECONDS, TimeUnit.SECONDS));
            fork.rebind();
            go.countDown();
            assertEquals(4, Links.get(exchange.answer()).slicesUsed());
            for (int i = 0; i < 5; i++) {
                fork.rebind();
                assertEquals(4, Links.get(Talk.ask(client, four()).answer()).slicesUsed());
            }
            assertEquals(1, client.connections(), "the connection moved, it was not made anew");
            assertEquals(1, server.connections());
        }
    }

    @Test
    void noticesADeadPathAndConnectAnew() throws Exception {
        try (TandemServer server = TandemServer.start(Links.server(), Asked.by(x -> {
            if (x.question().equals("again")) {
                Links.echo(x);
                return;
            }
            while (!x.cancelled()) {
                Thread.sleep(5);
            }
        }));
                UdpFork fork = new UdpFork(server.address().getPort());
                TandemClient client = TandemClient.connect(through(fork, server))) {
            Talk exchange = Talk.ask(client, Links.ask("?"));
            Links.get(client.ping());
            long cut = System.nanoTime();
            fork.drop(bytes -> true);
            PeerException why = Links.failure(exchange);
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - cut);
            assertTrue(millis < 6_000, "noticed after [" + millis + "] ms: " + why.getMessage());
            assertNotEquals(ErrorCode.DEADLINE_EXCEEDED, why.code());
            fork.drop(bytes -> false);
            Links.await("reconnect", client::connected);
            assertEquals(2, client.connections());
            Talk again = Talk.ask(client, Links.ask("again"));
            Links.get(again.answer());
            assertEquals("again", again.text());
        }
    }

    @Test
    void asksAnewBesideAConnectionThatIsSilent() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (TandemServer server = TandemServer.start(Links.server(), Asked.by(x -> {
            while (asked.incrementAndGet() == 1 && !x.cancelled()) {
                Thread.sleep(5_000); // the first time nobody hears the answer
            }
            Links.echo(x);
        }));
                UdpFork fork = new UdpFork(server.address().getPort());
                TandemClient client = TandemClient.connect(through(fork, server))) {
            Talk early = Talk.ask(client, four());
            Links.await("first question", () -> asked.get() == 1);
            fork.kill();
            long start = System.nanoTime();
            Talk late = Talk.ask(client, four());
            assertEquals(4, Links.get(early.answer()).slicesUsed());
            assertEquals(4, Links.get(late.answer()).slicesUsed());
            assertEquals("what is left?", early.text());
            assertEquals("what is left?", late.text());
            assertEquals(2, client.connections());
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            assertTrue(millis < 3_900, "not only when the silent one was given up: [" + millis + "] ms");
            Links.await("one connection", () -> server.connections() == 1);
        }
    }

    @Test
    void doesNotAskAnewWhatIsAnsweredInPart() throws Exception {
        CountDownLatch heard = new CountDownLatch(1);
        try (TandemServer server = TandemServer.start(Links.server(), Asked.by(x -> {
            x.words("one ");
            while (!x.cancelled()) {
                Thread.sleep(5);
            }
        }));
                UdpFork fork = new UdpFork(server.address().getPort());
                TandemClient client = TandemClient.connect(through(fork, server))) {
            Talk exchange = Talk.ask(client, four(), word -> heard.countDown());
            assertTrue(heard.await(Links.PATIENCE_SECONDS, TimeUnit.SECONDS));
            fork.kill();
            assertNotEquals(ErrorCode.DEADLINE_EXCEEDED, Links.failure(exchange).code());
            assertEquals("one ", exchange.text());
        }
    }

    @Test
    void measuresTheLink() throws Exception {
        try (TandemServer server = TandemServer.start(Links.server(), Links.echo());
                TandemClient client = TandemClient.connect(Links.client(server, TransportChoice.QUIC))) {
            for (int i = 0; i < 20; i++) {
                Links.get(Talk.ask(client, four()).answer());
            }
            Links.await("round trip", () -> client.link().rttNanos() > 0);
            long rtt = client.link().rttNanos();
            assertTrue(rtt > 10_000 && rtt < 1_000_000_000L, "round trip on loopback: [" + rtt + "] ns");
            assertTrue(client.link().datagramBytes() >= 1_156, "datagram [" + client.link().datagramBytes() + "]");
            Links.await("report", () -> client.report().received() >= 80);
            assertEquals(Transport.QUIC, client.transport());
        }
    }
}
