package dev.tandem.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.device.AskRequest;
import dev.tandem.transport.device.TandemClient;
import dev.tandem.transport.edge.Arrival;
import dev.tandem.transport.edge.ExchangeHandler;
import dev.tandem.transport.edge.TandemServer;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Failure;
import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.FrameType;
import dev.tandem.transport.frame.LinkLimits;
import dev.tandem.transport.frame.Slice;
import dev.tandem.transport.session.PeerException;
import dev.tandem.transport.session.TransportChoice;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Exchanges that do not end with an answer end with a reason, on both ends. */
@ExtendWith(NoLeaks.class)
abstract class BrokenExchangeContract {
    private final TransportChoice transport;

    BrokenExchangeContract(TransportChoice transport) {
        this.transport = transport;
    }

    private final CountDownLatch started = new CountDownLatch(1);
    private final CompletableFuture<String> handlerSaw = new CompletableFuture<>();

    @Test
    void endsAtTheDeadlineOnBothEnds() throws Exception {
        try (TandemServer server = TandemServer.start(Links.server(), Asked.by(this::waitUntilCancelled));
                TandemClient client = TandemClient.connect(Links.client(server, transport))) {
            Talk exchange = Talk.ask(client, Links.ask("slow?").withDeadline(Duration.ofMillis(300)));
            assertEquals(ErrorCode.DEADLINE_EXCEEDED, Links.failure(exchange).code());
            assertEquals("cancelled", Links.get(handlerSaw));
            Links.await("end on the edge", () -> server.counters().ended(ErrorCode.DEADLINE_EXCEEDED)
                    + server.counters().ended(ErrorCode.CANCELLED) == 1);
            assertTrue(client.connected());
        }
    }

    @Test
    void stopsTheEdgeWhenTheDeviceCancels() throws Exception {
        try (TandemServer server = TandemServer.start(Links.server(), Asked.by(this::waitUntilCancelled));
                TandemClient client = TandemClient.connect(Links.client(server, transport))) {
            Talk exchange = Talk.ask(client, Links.ask("never mind"));
            assertTrue(started.await(Links.PATIENCE_SECONDS, TimeUnit.SECONDS));
            exchange.cancel();
            exchange.cancel();
            assertEquals(ErrorCode.CANCELLED, Links.failure(exchange).code());
            assertEquals("cancelled", Links.get(handlerSaw));
            Links.await("end on the edge", () -> server.counters().ended(ErrorCode.CANCELLED) == 1);
            assertEquals("x", words(client, "x", server));
        }
    }

    @Test
    void refusesWhatTheEdgeDoesNotTakeBeforeSendingIt() throws Exception {
        LinkLimits limits = new LinkLimits(10, 2, 100, 150, 1, Duration.ofSeconds(60), Duration.ofSeconds(30));
        try (TandemServer server = TandemServer.start(Links.server().withLimits(limits),
                Asked.by(this::waitUntilCancelled));
                TandemClient client = TandemClient.connect(Links.client(server, transport))) {
            assertEquals(limits, client.limits());
            assertRefused(ErrorCode.TASK_TOO_LARGE, client, Links.ask("x".repeat(11)));
            assertRefused(ErrorCode.TOO_MANY_SLICES, client, Links.ask("?", new byte[1], new byte[1], new byte[1]));
            assertRefused(ErrorCode.EXCHANGE_TOO_LARGE, client, Links.ask("?", new byte[101]));
            assertRefused(ErrorCode.EXCHANGE_TOO_LARGE, client, Links.ask("?", new byte[100], new byte[51]));
            Talk first = Talk.ask(client, Links.ask("?"));
            assertRefused(ErrorCode.TOO_MANY_EXCHANGES, client, Links.ask("?"));
            first.cancel();
        }
    }

    @Test
    void reportsAHandlerThatThrowsOrFails() throws Exception {
        ExchangeHandler handler = exchange -> {
            String question = new String(exchange.body(), StandardCharsets.UTF_8);
            require(!question.equals("opened"));
            if (question.equals("fail")) {
                exchange.fail(ErrorCode.UNKNOWN_OPERATING_POINT, "no point [9]");
            }
            return new Arrival() {
                @Override
                public void slices(List<Slice> fresh) {
                    require(!question.equals("slices"));
                }

                @Override
                public void ready() {
                    require(!question.equals("ready"));
                }
            };
        };
        try (TandemServer server = TandemServer.start(Links.server(), handler);
                TandemClient client = TandemClient.connect(Links.client(server, transport))) {
            for (String where : List.of("opened", "slices", "ready")) {
                assertReason(client, Links.ask(where, new byte[1]), ErrorCode.ANSWER_FAILED, "no model");
            }
            assertReason(client, Links.ask("fail"), ErrorCode.UNKNOWN_OPERATING_POINT, "no point [9]");
            assertTrue(client.connected());
        }
    }

    private static void require(boolean well) {
        if (!well) {
            throw new IllegalStateException("no model");
        }
    }

    @Test
    void endsAForgottenExchangeAtItsDeadline() throws Exception {
        try (TandemServer server = TandemServer.start(Links.server(), Asked.by(x -> {
        })); TandemClient client = TandemClient.connect(Links.client(server, transport))) {
            Talk forgotten = Talk.ask(client, Links.ask("?").withDeadline(Duration.ofMillis(200)));
            assertEquals(ErrorCode.DEADLINE_EXCEEDED, Links.failure(forgotten).code());
            Links.await("end on the edge", () -> server.counters().open() == 0);
        }
    }

    @Test
    void tellsEachEndOfAnExchangeOnce() throws Exception {
        AtomicInteger ends = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        try (TandemServer server = TandemServer.start(Links.server(), Asked.by(x -> {
            x.exchange().onEnd(ends::incrementAndGet);
            go.await();
            if (x.question().equals("no")) {
                x.fail(ErrorCode.OVERLOADED, "too many wait");
                x.fail(ErrorCode.ANSWER_FAILED, "and again");
            }
            Links.echo(x);
            x.exchange().onEnd(ends::incrementAndGet);
        })); TandemClient client = TandemClient.connect(Links.client(server, transport))) {
            Talk yes = Talk.ask(client, "yes");
            Talk no = Talk.ask(client, "no");
            assertEquals(0, ends.get());
            go.countDown();
            Links.get(yes.answer());
            PeerException refused = Links.failure(no);
            assertEquals(ErrorCode.OVERLOADED, refused.code());
            assertTrue(refused.reason().contains("too many wait"), refused.reason());
            Links.await("both ends, and each late asker", () -> ends.get() == 4);
            assertEquals(1, server.counters().answered());
            assertEquals(1, server.counters().ended(ErrorCode.OVERLOADED));
        }
    }

    @Test
    void letsExchangesFinishWhenTheEdgeShutsDown() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        TandemServer server = TandemServer.start(Links.server(), Asked.by(x -> {
            started.countDown();
            go.await();
            Links.echo(x);
        }));
        try (TandemClient client = TandemClient.connect(Links.client(server, transport))) {
            Talk exchange = Talk.ask(client, Links.ask("almost"));
            assertTrue(started.await(Links.PATIENCE_SECONDS, TimeUnit.SECONDS));
            Thread closer = Thread.ofPlatform().start(server::close);
            Links.await("goodbye", () -> !client.connected());
            assertEquals(ErrorCode.SHUTTING_DOWN, Links.failure(
                    Talk.ask(client, Links.ask("late").withDeadline(Duration.ofMillis(200)))).code());
            go.countDown();
            Links.get(exchange.answer());
            assertEquals("almost", exchange.text());
            closer.join();
        }
    }

    @Test
    void givesAReasonWhenTheEdgeDoesNotWaitAnyLonger() throws Exception {
        TandemServer server = TandemServer.start(Links.server().withDrain(Duration.ofMillis(50)),
                Asked.by(this::waitUntilCancelled));
        try (TandemClient client = TandemClient.connect(Links.client(server, transport))) {
            Talk exchange = Talk.ask(client, Links.ask("too long"));
            assertTrue(started.await(Links.PATIENCE_SECONDS, TimeUnit.SECONDS));
            server.close();
            assertEquals(ErrorCode.SHUTTING_DOWN, Links.failure(exchange).code());
            assertEquals("cancelled", Links.get(handlerSaw));
            Links.await("disconnect", () -> !client.connected());
        }
    }

    @Test
    void cancelsWhenTheDeviceDropsOrCloses() throws Exception {
        try (TandemServer server = TandemServer.start(Links.server(), Asked.by(this::waitUntilCancelled))) {
            try (RawDevice device = RawDevice.open(server)) {
                device.send(Links.handmade("gone", 0).toFrame(1));
                assertTrue(started.await(Links.PATIENCE_SECONDS, TimeUnit.SECONDS));
                device.drop();
                assertEquals("cancelled", Links.get(handlerSaw));
                Links.await("reason", () -> server.counters().ended(ErrorCode.PEER_CLOSED) == 1);
            }
            TandemClient client = TandemClient.connect(Links.client(server, transport));
            Talk exchange = Talk.ask(client, Links.ask("closing"));
            Links.await("ping", () -> client.ping().join() != null);
            client.close();
            assertEquals(ErrorCode.CLOSED, Links.failure(exchange).code());
            Links.await("cancel", () -> server.counters().ended(ErrorCode.CANCELLED) == 1);
            Links.await("disconnect", () -> server.connections() == 0);
        }
    }

    @Test
    void endsAnAnswerThatTheDeviceDoesNotTake() throws Exception {
        AtomicLong taken = new AtomicLong();
        byte[] piece = new byte[10_000];
        try (TandemServer server = TandemServer.start(Links.server(), Asked.by(x -> {
            for (int i = 0; i < 100_000 && !x.cancelled(); i++) {
                x.exchange().part(Asked.WORDS, piece);
                taken.addAndGet(piece.length);
            }
        })); RawDevice device = RawDevice.open(server)) {
            device.send(Links.handmade("talk", 0).toFrame(1));
            Links.await("end on the edge", () -> server.counters().ended(ErrorCode.OVERLOADED) == 1);
            assertTrue(taken.get() < 50_000_000, "a gigabyte must not pile up: " + taken);
            Frame frame = device.receive();
            while (frame.type() == FrameType.PART) {
                frame = device.receive();
            }
            assertEquals(ErrorCode.OVERLOADED, Failure.read(frame).known());
            assertTrue(Failure.read(frame).message().contains("too slowly"), Failure.read(frame).message());
        }
    }

    private void waitUntilCancelled(Asked exchange) throws InterruptedException {
        if (exchange.question().equals("x")) {
            Links.echo(exchange);
            return;
        }
        started.countDown();
        exchange.awaitCancelled();
        handlerSaw.complete("cancelled");
    }

    private static String words(TandemClient client, String question, TandemServer server) throws Exception {
        Talk exchange = Talk.ask(client, Links.ask(question));
        Links.get(exchange.answer());
        Links.await("count", () -> server.counters().answered() == 1);
        return exchange.text();
    }

    private static void assertRefused(ErrorCode code, TandemClient client, AskRequest request) {
        Talk exchange = Talk.ask(client, request);
        assertEquals(code, Links.failure(exchange).code());
        assertEquals(0, exchange.bytesSent());
    }

    private static void assertReason(TandemClient client, AskRequest request, ErrorCode code, String words) {
        PeerException thrown = Links.failure(Talk.ask(client, request));
        assertEquals(code, thrown.code());
        assertTrue(thrown.getMessage().contains(words), thrown.getMessage());
    }
}
