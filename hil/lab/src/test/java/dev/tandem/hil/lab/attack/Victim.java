package dev.tandem.hil.lab.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.tandem.command.ThrowawayCertificates;
import dev.tandem.transport.device.AskRequest;
import dev.tandem.transport.device.ClientSettings;
import dev.tandem.transport.device.TandemClient;
import dev.tandem.transport.edge.Arrival;
import dev.tandem.transport.edge.IncomingExchange;
import dev.tandem.transport.edge.LinkCounters;
import dev.tandem.transport.edge.ServerSettings;
import dev.tandem.transport.edge.TandemServer;
import dev.tandem.transport.frame.AnswerSummary;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Need;
import dev.tandem.transport.frame.PackIdentity;
import dev.tandem.transport.frame.Slice;
import dev.tandem.transport.session.TransportChoice;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A real edge without a pack: whatever is ready is answered at once. */
final class Victim implements AutoCloseable {
    static final PackIdentity PACK = new PackIdentity("toy", new byte[PackIdentity.HASH_BYTES],
            Map.of("toy", new byte[PackIdentity.HASH_BYTES]));
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final ThrowawayCertificates certificates = ThrowawayCertificates.ofProcess();
    private final TandemServer server;

    private Victim() throws IOException {
        this.server = TandemServer
                .start(ServerSettings.of(new InetSocketAddress(Target.HOST, 0), certificates.edge(), PACK)
                        .withDrain(Duration.ofSeconds(1)), Victim::opened);
    }

    static Victim start() throws IOException {
        return new Victim();
    }

    private static Arrival opened(IncomingExchange exchange) {
        return new Arrival() {
            @Override
            public void slices(List<Slice> fresh) {
                // all the same here
            }

            @Override
            public void ready() {
                exchange.done(new AnswerSummary("", Map.of(), Map.of()));
            }
        };
    }

    Target target() {
        return new Target(server.address().getPort(), certificates.device(), PACK);
    }

    LinkCounters counters() {
        return server.counters();
    }

    /** Those that have not said hello yet, and those that have. */
    int held() {
        return server.handshakes() + server.connections();
    }

    int connections() {
        return server.connections();
    }

    /** Exchanges and connections that ended with any of these. */
    long ended(ErrorCode... codes) {
        return List.of(codes).stream().mapToLong(counters()::ended).sum();
    }

    /** A device that keeps to the rules, connected. */
    TandemClient polite(TransportChoice transport) {
        return TandemClient.connect(ClientSettings
                .of(Target.HOST, server.address().getPort(), certificates.device(), PACK).withTransport(transport)
                .withConnect(Duration.ofSeconds(30)));
    }

    /** One question with two slices, answered with both of them here. */
    static void answered(TandemClient device) throws Exception {
        AskRequest ask = AskRequest.of(1, new byte[]{1}).withPoint(1)
                .withSlices(List.of(new Slice(0, 0, new byte[100]), new Slice(1, 0, new byte[50])), Need.ALL);
        AnswerSummary answer = device.ask(ask, (kind, bytes) -> {
        }).answer().get(30, TimeUnit.SECONDS);
        assertEquals(2, answer.slicesUsed());
    }

    static void await(String what, BooleanSupplier done) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!done.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                fail("did not happen within 30 s: " + what);
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
