package dev.tandem.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.device.AskRequest;
import dev.tandem.transport.device.Exchange;
import dev.tandem.transport.device.TandemClient;
import dev.tandem.transport.edge.TandemServer;
import dev.tandem.transport.frame.AnswerSummary;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Failure;
import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.FrameType;
import dev.tandem.transport.frame.LinkLimits;
import dev.tandem.transport.session.TransportChoice;
import dev.tandem.transport.session.WireBytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Both ends over loopback with mutual TLS 1.3, everything going well. */
@ExtendWith(NoLeaks.class)
abstract class LoopbackContract {
    private final TransportChoice transport;

    private final int overheadBytes;

    /** {@code overheadBytes}: what encryption, headers and acknowledgements may add to a kilobyte sent up. */
    LoopbackContract(TransportChoice transport, int overheadBytes) {
        this.transport = transport;
        this.overheadBytes = overheadBytes;
    }

    @Test
    void shouldAnswerAQuestionWithSlicesWordByWord() throws Exception {
        List<byte[]> got = new ArrayList<>();
        try (TandemServer server = TandemServer.start(Links.server(), x -> {
            assertEquals("device-1", x.device());
            assertEquals("c16", x.operatingPointName());
            assertEquals(7, x.answerTokenLimit());
            assertTrue(Thread.currentThread().getName().startsWith("tandem-edge-answer"));
            got.addAll(x.slices());
            Links.echo(x);
        }); TandemClient client = TandemClient.connect(Links.client(server, transport))) {
            List<String> words = new ArrayList<>();
            List<byte[]> slices = List.of(Links.slice(900, 1), new byte[0], Links.slice(100_000, 2));
            Exchange exchange = client.ask(
                    AskRequest.of("Was ist das für ein Tier? 🙂", "c16", slices).withAnswerTokenLimit(7), words::add);
            AnswerSummary summary = Links.get(exchange.answer());
            assertEquals(List.of("Was ", "ist ", "das ", "für ", "ein ", "Tier? ", "🙂"), words);
            assertEquals("Was ist das für ein Tier? 🙂", exchange.text());
            assertEquals(100_900, summary.words());
            assertEquals(exchange.bytesSent(), summary.bytesReceived());
            assertEquals(3, got.size());
            for (int i = 0; i < 3; i++) {
                assertArrayEquals(slices.get(i), got.get(i));
            }
            assertEquals(1, server.counters().answered());
            assertTrue(client.connected());
        }
    }

    @Test
    void shouldDeliverWordsBeforeTheAnswerIsDone() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        try (TandemServer server = TandemServer.start(Links.server(), x -> {
            x.words("first");
            assertTrue(seen.await(Links.PATIENCE_SECONDS, TimeUnit.SECONDS));
            x.done(new AnswerSummary(0, 0, 1, 1, Map.of()));
        }); TandemClient client = TandemClient.connect(Links.client(server, transport))) {
            Exchange exchange = client.ask(Links.ask("?"), word -> seen.countDown());
            assertEquals(1, Links.get(exchange.answer()).words());
        }
    }

    @Test
    void shouldKeepFiftyExchangesApart() throws Exception {
        try (TandemServer server = TandemServer.start(Links.server(), Links::echo);
                TandemClient client = TandemClient.connect(Links.client(server, transport))) {
            List<Exchange> exchanges = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                exchanges.add(client.ask(Links.ask("question number " + i, Links.slice(500 + i, i)), word -> {
                }));
            }
            for (int i = 0; i < 50; i++) {
                assertEquals(500 + i, Links.get(exchanges.get(i).answer()).words());
                assertEquals("question number " + i, exchanges.get(i).text());
            }
            assertEquals(50, server.counters().answered());
        }
    }

    @Test
    void shouldPingAndCountBytesOnTheWire() throws Exception {
        try (TandemServer server = TandemServer.start(Links.server(), Links::echo);
                TandemClient client = TandemClient.connect(Links.client(server, transport))) {
            assertTrue(Links.get(client.ping()).toNanos() > 0);
            WireBytes before = client.wireBytes();
            assertTrue(before.written() > 500, "the handshake counts");
            Exchange exchange = client.ask(Links.ask("?", Links.slice(1_000, 1)), word -> {
            });
            Links.get(exchange.answer());
            long written = client.wireBytes().since(before).written();
            assertTrue(written > exchange.bytesSent() && written <= exchange.bytesSent() + overheadBytes,
                    "what encryption adds must be counted: " + written + " for " + exchange.bytesSent());
        }
    }

    @Test
    void shouldKeepAnIdleDeviceAndEndASilentOne() throws Exception {
        LinkLimits limits = new LinkLimits(100, 10, 1_000, 1_000, 2, Duration.ofSeconds(60),
                Duration.ofSeconds(2));
        try (TandemServer server = TandemServer.start(Links.server().withLimits(limits), Links::echo);
                TandemClient client = TandemClient.connect(Links.client(server, transport))) {
            Thread.sleep(3_000);
            assertTrue(client.connected(), "pings must keep an idle connection");
            assertEquals(1, server.connections());
            assertEquals(0, server.counters().ended(ErrorCode.IDLE));
            try (RawDevice silent = RawDevice.open(server)) {
                Frame frame = silent.receive();
                while (frame.type() == FrameType.PING) {
                    frame = silent.receive();
                }
                assertEquals(ErrorCode.IDLE, Failure.read(frame).known());
            }
            assertTrue(client.connected());
        }
    }

    @Test
    void shouldServeSeveralDevicesAndRestart() throws Exception {
        for (int round = 0; round < 3; round++) {
            try (TandemServer server = TandemServer.start(Links.server(), Links::echo);
                    TandemClient one = TandemClient.connect(Links.client(server, transport));
                    TandemClient two = TandemClient.connect(Links.client(server, transport))) {
                assertEquals("a", text(one, "a"));
                assertEquals("b", text(two, "b"));
                Links.close(one);
                assertFalse(one.connected());
                assertEquals(ErrorCode.CLOSED, Links.failure(one.ask(Links.ask("c"), word -> {
                })).code());
                assertThrows(ExecutionException.class, () -> Links.get(one.ping()));
                assertEquals("d", text(two, "d"));
            }
        }
    }

    private static String text(TandemClient client, String question) throws Exception {
        Exchange exchange = client.ask(Links.ask(question), word -> {
        });
        Links.get(exchange.answer());
        return exchange.text();
    }
}
