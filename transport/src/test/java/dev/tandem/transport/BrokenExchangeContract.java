package dev.tandem.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.device.AskRequest;
import dev.tandem.transport.device.Exchange;
import dev.tandem.transport.device.TandemClient;
import dev.tandem.transport.edge.IncomingExchange;
import dev.tandem.transport.edge.TandemServer;
import dev.tandem.transport.frame.Ask;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.LinkLimits;
import dev.tandem.transport.session.PeerException;
import dev.tandem.transport.session.TransportChoice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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
    void shouldEndAtTheDeadlineOnBothEnds() throws Exception {
        try (TandemServer server = TandemServer.start(Links.server(), this::waitUntilCancelled);
                TandemClient client = TandemClient.connect(Links.client(server, transport))) {
            Exchange exchange = client.ask(Links.ask("slow?").withDeadline(Duration.ofMillis(300)), word -> {
            });
            assertEquals(ErrorCode.DEADLINE_EXCEEDED, Links.failure(exchange).code());
            assertEquals("cancelled", Links.get(handlerSaw));
            Links.await("end on the edge", () -> server.counters().ended(ErrorCode.DEADLINE_EXCEEDED)
                    + server.counters().ended(ErrorCode.CANCELLED) == 1);
            assertTrue(client.connected());
        }
    }

    @Test
    void shouldStopTheEdgeWhenTheDeviceCancels() throws Exception {
        try (TandemServer server = TandemServer.start(Links.server(), this::waitUntilCancelled);
                TandemClient client = TandemClient.connect(Links.client(server, transport))) {
            Exchange exchange = client.ask(Links.ask("never mind"), word -> {
            });
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
    void shouldRefuseWhatTheEdgeDoesNotTakeBeforeSendingIt() throws Exception {
        LinkLimits limits = new LinkLimits(10, 2, 100, 150, 1, Duration.ofSeconds(60), Duration.ofSeconds(30));
        try (TandemServer server = TandemServer.start(Links.server().withLimits(limits), this::waitUntilCancelled);
                TandemClient client = TandemClient.connect(Links.client(server, transport))) {
            assertEquals(limits, client.limits());
            assertRefused(ErrorCode.QUESTION_TOO_LONG, client, Links.ask("x".repeat(11)));
            assertRefused(ErrorCode.TOO_MANY_SLICES, client, Links.ask("?", new byte[1], new byte[1], new byte[1]));
            assertRefused(ErrorCode.EXCHANGE_TOO_LARGE, client, Links.ask("?", new byte[101]));
            assertRefused(ErrorCode.EXCHANGE_TOO_LARGE, client, Links.ask("?", new byte[100], new byte[51]));
            Exchange first = client.ask(Links.ask("?"), word -> {
            });
            assertRefused(ErrorCode.TOO_MANY_EXCHANGES, client, Links.ask("?"));
            first.cancel();
        }
    }

    @Test
    void shouldReportAHandlerThatThrowsFailsOrForgets() throws Exception {
        try (TandemServer server = TandemServer.start(Links.server(), x -> {
            switch (x.question()) {
                case "throw" -> throw new IllegalStateException("no model");
                case "fail" -> x.fail(ErrorCode.UNKNOWN_OPERATING_POINT, "no point [9]");
                default -> {
                }
            }
        }); TandemClient client = TandemClient.connect(Links.client(server, transport))) {
            assertReason(client, "throw", ErrorCode.ANSWER_FAILED, "no model");
            assertReason(client, "fail", ErrorCode.UNKNOWN_OPERATING_POINT, "no point [9]");
            assertReason(client, "forget", ErrorCode.ANSWER_FAILED, "without an answer");
            Exchange bad = client.ask(Links.ask("words"), word -> {
            });
            assertEquals(ErrorCode.ANSWER_FAILED, Links.failure(bad).code());
        }
    }

    @Test
    void shouldRefuseWhenTooManyWait() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (TandemServer server = TandemServer.start(Links.server().withAnswers(1, 1), x -> {
            go.await();
            Links.echo(x);
        }); TandemClient client = TandemClient.connect(Links.client(server, transport))) {
            List<Exchange> exchanges = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                exchanges.add(client.ask(Links.ask("?"), word -> {
                }));
            }
            Links.await("overload", () -> server.counters().ended(ErrorCode.OVERLOADED) == 3);
            go.countDown();
            Links.await("all ended", () -> exchanges.stream().allMatch(each -> each.answer().isDone()));
            assertEquals(2, exchanges.stream().filter(each -> !each.answer().isCompletedExceptionally()).count());
        }
    }

    @Test
    void shouldLetExchangesFinishWhenTheEdgeShutsDown() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        TandemServer server = TandemServer.start(Links.server(), x -> {
            started.countDown();
            go.await();
            Links.echo(x);
        });
        try (TandemClient client = TandemClient.connect(Links.client(server, transport))) {
            Exchange exchange = client.ask(Links.ask("almost"), word -> {
            });
            assertTrue(started.await(Links.PATIENCE_SECONDS, TimeUnit.SECONDS));
            Thread closer = Thread.ofPlatform().start(server::close);
            Links.await("goodbye", () -> !client.connected());
            assertEquals(ErrorCode.SHUTTING_DOWN, Links.failure(client.ask(Links.ask("late"), word -> {
            })).code());
            go.countDown();
            Links.get(exchange.answer());
            assertEquals("almost", exchange.text());
            closer.join();
        }
    }

    @Test
    void shouldGiveAReasonWhenTheEdgeDoesNotWaitAnyLonger() throws Exception {
        TandemServer server = TandemServer.start(Links.server().withDrain(Duration.ofMillis(50)),
                this::waitUntilCancelled);
        try (TandemClient client = TandemClient.connect(Links.client(server, transport))) {
            Exchange exchange = client.ask(Links.ask("too long"), word -> {
            });
            assertTrue(started.await(Links.PATIENCE_SECONDS, TimeUnit.SECONDS));
            server.close();
            assertEquals(ErrorCode.SHUTTING_DOWN, Links.failure(exchange).code());
            assertEquals("cancelled", Links.get(handlerSaw));
            Links.await("disconnect", () -> !client.connected());
        }
    }

    @Test
    void shouldCancelWhenTheDeviceDropsOrCloses() throws Exception {
        try (TandemServer server = TandemServer.start(Links.server(), this::waitUntilCancelled)) {
            try (RawDevice device = RawDevice.open(server)) {
                device.send(new Ask(1, 0, 0, 0, 0, "", "gone").toFrame(1));
                assertTrue(started.await(Links.PATIENCE_SECONDS, TimeUnit.SECONDS));
                device.drop();
                assertEquals("cancelled", Links.get(handlerSaw));
                Links.await("reason", () -> server.counters().ended(ErrorCode.PEER_CLOSED) == 1);
            }
            TandemClient client = TandemClient.connect(Links.client(server, transport));
            Exchange exchange = client.ask(Links.ask("closing"), word -> {
            });
            Links.await("ping", () -> client.ping().join() != null);
            client.close();
            assertEquals(ErrorCode.CLOSED, Links.failure(exchange).code());
            Links.await("cancel", () -> server.counters().ended(ErrorCode.CANCELLED) == 1);
            Links.await("disconnect", () -> server.connections() == 0);
        }
    }

    @Test
    void shouldHoldWordsBackWhileTheDeviceDoesNotRead() throws Exception {
        AtomicBoolean finished = new AtomicBoolean();
        String piece = "w".repeat(10_000);
        try (TandemServer server = TandemServer.start(Links.server(), x -> {
            started.countDown();
            for (int i = 0; i < 3_000 && !x.cancelled(); i++) {
                x.words(piece);
            }
            finished.set(true);
        }); RawDevice device = RawDevice.open(server)) {
            device.send(new Ask(1, 0, 0, 0, 0, "", "talk").toFrame(1));
            assertTrue(started.await(Links.PATIENCE_SECONDS, TimeUnit.SECONDS));
            Thread.sleep(500);
            assertFalse(finished.get(), "30 MB must not pile up in the edge's memory");
            device.drop();
            Links.await("handler stops", finished::get);
        }
    }

    private void waitUntilCancelled(IncomingExchange exchange) throws InterruptedException {
        if (exchange.question().equals("x")) {
            Links.echo(exchange);
            return;
        }
        started.countDown();
        while (!exchange.cancelled()) {
            Thread.sleep(5);
        }
        handlerSaw.complete("cancelled");
    }

    private static String words(TandemClient client, String question, TandemServer server) throws Exception {
        Exchange exchange = client.ask(Links.ask(question), word -> {
        });
        Links.get(exchange.answer());
        Links.await("count", () -> server.counters().answered() == 1);
        return exchange.text();
    }

    private static void assertRefused(ErrorCode code, TandemClient client, AskRequest request) {
        Exchange exchange = client.ask(request, word -> {
        });
        assertEquals(code, Links.failure(exchange).code());
        assertEquals(0, exchange.bytesSent());
    }

    private static void assertReason(TandemClient client, String question, ErrorCode code, String words) {
        PeerException thrown = Links.failure(client.ask(Links.ask(question), word -> {
        }));
        assertEquals(code, thrown.code());
        assertTrue(thrown.getMessage().contains(words), thrown.getMessage());
    }
}
