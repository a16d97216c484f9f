package dev.tandem.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.device.TandemClient;
import dev.tandem.transport.edge.TandemServer;
import dev.tandem.transport.frame.AnswerSummary;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Failure;
import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.FrameType;
import dev.tandem.transport.frame.LinkLimits;
import dev.tandem.transport.frame.Need;
import dev.tandem.transport.frame.Slice;
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
    void answersAQuestionWithSlicesWordByWord() throws Exception {
        List<byte[]> got = new ArrayList<>();
        try (TandemServer server = TandemServer.start(Links.server(), Asked.by(x -> {
            assertEquals("device-1", x.exchange().device());
            assertEquals(Asked.QUESTION, x.exchange().task());
            assertEquals("c16", x.exchange().pointName());
            assertEquals("any head", x.exchange().head());
            assertEquals(2, x.exchange().tiles());
            assertEquals(Need.FIRST, x.exchange().need());
            got.addAll(x.slices());
            Links.echo(x);
        })); TandemClient client = TandemClient.connect(Links.client(server, transport))) {
            List<byte[]> slices = List.of(Links.slice(900, 1), new byte[0], Links.slice(100_000, 2));
            Talk exchange = Talk.ask(client, Links.ask("Was ist das für ein Tier? 🙂").withPoint("c16")
                    .withHead("any head").withSlices(List.of(new Slice(0, 1, slices.get(0)),
                            new Slice(1, 0, slices.get(1)), new Slice(2, 1, slices.get(2))), Need.FIRST));
            AnswerSummary summary = Links.get(exchange.answer());
            assertEquals(List.of("Was ", "ist ", "das ", "für ", "ein ", "Tier? ", "🙂"), exchange.words());
            assertEquals("Was ist das für ein Tier? 🙂", exchange.text());
            assertEquals(100_900, summary.count("bytes"));
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
    void deliversWordsBeforeTheAnswerIsDone() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        try (TandemServer server = TandemServer.start(Links.server(), Asked.by(x -> {
            x.words("first");
            assertTrue(seen.await(Links.PATIENCE_SECONDS, TimeUnit.SECONDS));
            x.done(new AnswerSummary("", Map.of("bytes", 1L), Map.of()));
        })); TandemClient client = TandemClient.connect(Links.client(server, transport))) {
            Talk exchange = Talk.ask(client, Links.ask("?"), word -> seen.countDown());
            assertEquals(1, Links.get(exchange.answer()).count("bytes"));
        }
    }

    @Test
    void keepsFiftyExchangesApart() throws Exception {
        try (TandemServer server = TandemServer.start(Links.server(), Links.echo());
                TandemClient client = TandemClient.connect(Links.client(server, transport))) {
            List<Talk> exchanges = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                exchanges.add(Talk.ask(client, Links.ask("question number " + i, Links.slice(500 + i, i))));
            }
            for (int i = 0; i < 50; i++) {
                assertEquals(500 + i, Links.get(exchanges.get(i).answer()).count("bytes"));
                assertEquals("question number " + i, exchanges.get(i).text());
            }
            assertEquals(50, server.counters().answered());
        }
    }

    @Test
    void pingsAndCountBytesOnTheWire() throws Exception {
        try (TandemServer server = TandemServer.start(Links.server(), Links.echo());
                TandemClient client = TandemClient.connect(Links.client(server, transport))) {
            assertTrue(Links.get(client.ping()).toNanos() > 0);
            WireBytes before = client.wireBytes();
            assertTrue(before.written() > 500, "the handshake counts");
            Talk exchange = Talk.ask(client, Links.ask("?", Links.slice(1_000, 1)));
            Links.get(exchange.answer());
            long written = client.wireBytes().since(before).written();
            assertTrue(written > exchange.bytesSent() && written <= exchange.bytesSent() + overheadBytes,
                    "what encryption adds must be counted: " + written + " for " + exchange.bytesSent());
        }
    }

    @Test
    void keepsAnIdleDeviceAndEndASilentOne() throws Exception {
        LinkLimits limits = new LinkLimits(100, 10, 1_000, 1_000, 2, Duration.ofSeconds(60),
                Duration.ofSeconds(2));
        try (TandemServer server = TandemServer.start(Links.server().withLimits(limits), Links.echo());
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
    void servesSeveralDevicesAndRestart() throws Exception {
        for (int round = 0; round < 3; round++) {
            try (TandemServer server = TandemServer.start(Links.server(), Links.echo());
                    TandemClient one = TandemClient.connect(Links.client(server, transport));
                    TandemClient two = TandemClient.connect(Links.client(server, transport))) {
                assertEquals("a", text(one, "a"));
                assertEquals("b", text(two, "b"));
                Links.close(one);
                assertFalse(one.connected());
                assertEquals(ErrorCode.CLOSED, Links.failure(Talk.ask(one, Links.ask("c"))).code());
                assertThrows(ExecutionException.class, () -> Links.get(one.ping()));
                assertEquals("d", text(two, "d"));
            }
        }
    }

    private static String text(TandemClient client, String question) throws Exception {
        Talk exchange = Talk.ask(client, Links.ask(question));
        Links.get(exchange.answer());
        return exchange.text();
    }
}
