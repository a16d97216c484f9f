package dev.tandem.transport;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.device.AskRequest;
import dev.tandem.transport.device.ClientSettings;
import dev.tandem.transport.device.Exchange;
import dev.tandem.transport.edge.IncomingExchange;
import dev.tandem.transport.edge.ServerSettings;
import dev.tandem.transport.edge.TandemServer;
import dev.tandem.transport.frame.AnswerSummary;
import dev.tandem.transport.frame.PackIdentity;
import dev.tandem.transport.session.PeerException;
import dev.tandem.transport.session.TransportChoice;
import dev.tandem.transport.tls.Credentials;
import dev.tandem.transport.tls.TestCertificates;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** What the loopback tests share: settings, an echoing handler, waiting. */
public final class Links {
    public static final PackIdentity PACK = pack(1, 2);
    static final int PATIENCE_SECONDS = 30;

    private Links() {
    }

    public static PackIdentity pack(int packFill, int tableFill) {
        byte[] pack = new byte[PackIdentity.HASH_BYTES];
        byte[] tables = new byte[PackIdentity.HASH_BYTES];
        Arrays.fill(pack, (byte) packFill);
        Arrays.fill(tables, (byte) tableFill);
        return new PackIdentity("test", pack, tables);
    }

    static ServerSettings server() {
        return server(TestCertificates.EDGE);
    }

    static ServerSettings server(Credentials credentials) {
        return ServerSettings.of(new InetSocketAddress("127.0.0.1", 0), credentials, PACK)
                .withHandshake(Duration.ofSeconds(20)).withDrain(Duration.ofSeconds(10)).withAnswers(4, 128);
    }

    static ClientSettings client(TandemServer server, TransportChoice transport) {
        return client(server).withTransport(transport);
    }

    /** Over TCP. */
    static ClientSettings client(TandemServer server) {
        return ClientSettings.of("localhost", server.address().getPort(), TestCertificates.DEVICE, PACK)
                .withConnect(Duration.ofSeconds(20)).withTransport(TransportChoice.TCP);
    }

    /** Answers with the question, word by word, and how many slices and bytes came. */
    public static void echo(IncomingExchange exchange) {
        int bytes = exchange.slices().stream().mapToInt(each -> each.length).sum();
        for (String word : exchange.question().split("(?<= )")) {
            exchange.words(word);
        }
        exchange.done(new AnswerSummary(exchange.slices().size(), exchange.slices().size(), bytes,
                exchange.operatingPointId(), Map.of("echo", 1L)));
    }

    public static byte[] slice(int bytes, long seed) {
        byte[] slice = new byte[bytes];
        new SplittableRandom(seed).nextBytes(slice);
        return slice;
    }

    static AskRequest ask(String question, byte[]... slices) {
        return AskRequest.of(question, 1, List.of(slices));
    }

    /** Closes early what a try block closes once more. */
    static void close(AutoCloseable end) throws Exception {
        end.close();
    }

    public static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    static PeerException failure(Exchange exchange) {
        ExecutionException thrown = assertThrows(ExecutionException.class, () -> get(exchange.answer()));
        return assertInstanceOf(PeerException.class, thrown.getCause());
    }

    static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - end < 0, "waited too long for: " + what);
            Thread.sleep(5);
        }
    }
}
