package dev.tandem.transport;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.device.AskRequest;
import dev.tandem.transport.device.ClientSettings;
import dev.tandem.transport.device.Exchange;
import dev.tandem.transport.edge.ExchangeHandler;
import dev.tandem.transport.edge.ServerSettings;
import dev.tandem.transport.edge.TandemServer;
import dev.tandem.transport.frame.AnswerSummary;
import dev.tandem.transport.frame.Ask;
import dev.tandem.transport.frame.Need;
import dev.tandem.transport.frame.PackIdentity;
import dev.tandem.transport.frame.Slice;
import dev.tandem.transport.session.PeerException;
import dev.tandem.transport.session.TransportChoice;
import dev.tandem.transport.tls.Credentials;
import dev.tandem.transport.tls.TestCertificates;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** What the loopback tests share: settings, an echoing handler, waiting. */
public final class Links {
    public static final PackIdentity PACK = pack(1, 2);
    static final int PATIENCE_SECONDS = 30;

    private Links() {
    }

    /** A pack with one method's section. */
    public static PackIdentity pack(int packFill, int sectionFill) {
        return new PackIdentity("test", hash(packFill), Map.of("tested", hash(sectionFill)));
    }

    /** A pack that shares no method with {@link #PACK}. */
    public static PackIdentity strangePack() {
        return new PackIdentity("strange", hash(9), Map.of("strange", hash(2)));
    }

    public static byte[] hash(int fill) {
        byte[] hash = new byte[PackIdentity.HASH_BYTES];
        Arrays.fill(hash, (byte) fill);
        return hash;
    }

    static ServerSettings server() {
        return server(TestCertificates.EDGE);
    }

    static ServerSettings server(Credentials credentials) {
        return ServerSettings.of(new InetSocketAddress("127.0.0.1", 0), credentials, PACK)
                .withHandshake(Duration.ofSeconds(20)).withDrain(Duration.ofSeconds(10));
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
    public static void echo(Asked asked) {
        long bytes = asked.slices().stream().mapToLong(each -> each.length).sum();
        for (String word : asked.question().split("(?<= )")) {
            asked.words(word);
        }
        asked.done(new AnswerSummary("echo", Map.of("bytes", bytes), Map.of("echo", 1L)));
    }

    /** A handler of {@link #echo}. */
    static ExchangeHandler echo() {
        return Asked.by(Links::echo);
    }

    public static byte[] slice(int bytes, long seed) {
        byte[] slice = new byte[bytes];
        new SplittableRandom(seed).nextBytes(slice);
        return slice;
    }

    static AskRequest ask(String question, byte[]... slices) {
        return AskRequest.of(Asked.QUESTION, question.getBytes(StandardCharsets.UTF_8)).withPoint(1)
                .withSlices(sliced(slices), Need.ANY);
    }

    /** Slices of one tile. */
    static List<Slice> sliced(byte[]... slices) {
        return IntStream.range(0, slices.length).mapToObj(i -> new Slice(i, 0, slices[i])).toList();
    }

    /** An ASK by hand: point 1, one tile, any slice is enough, no deadline of its own. */
    public static Ask handmade(String question, int slices) {
        return new Ask(1, slices, Math.min(1, slices), Need.ANY, 0, 0, "", "", Asked.QUESTION,
                question.getBytes(StandardCharsets.UTF_8));
    }

    /** Closes early what a try block closes once more. */
    static void close(AutoCloseable end) throws Exception {
        end.close();
    }

    public static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    static PeerException failure(Talk talk) {
        return failure(talk.exchange());
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
