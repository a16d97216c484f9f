package dev.tandem.hil.lab.trial;

import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.method.EdgeMethod;
import dev.tandem.method.Methods;
import dev.tandem.method.tokens.TokenSet;
import dev.tandem.pack.OperatingPoint;
import dev.tandem.pack.Pack;
import dev.tandem.pack.PackException;
import dev.tandem.transport.edge.IncomingExchange;
import dev.tandem.transport.edge.ServerSettings;
import dev.tandem.transport.edge.TandemServer;
import dev.tandem.transport.frame.AnswerSummary;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.PackIdentity;
import dev.tandem.transport.session.TransportChoice;
import dev.tandem.transport.tls.Credentials;
import java.net.InetSocketAddress;
import java.util.Map;

/** An edge that decodes what comes and answers with how many tokens that were: the link's work without the model's. */
final class CountingEdge implements AutoCloseable {
    private static final int ANSWER_THREADS = 2;

    private final Pack pack;
    private final EdgeMethod tofc;
    private final TandemServer server;

    private CountingEdge(Pack pack, Credentials credentials, TransportChoice transport) {
        this.pack = pack;
        this.tofc = Methods.edge("tofc", pack, null); // its edge half needs no engine
        PackIdentity identity = identity(pack);
        this.server = TandemServer.start(ServerSettings
                .of(new InetSocketAddress("127.0.0.1", 0), credentials, identity).withAnswers(ANSWER_THREADS, 256)
                .withTransport(transport), this::count);
    }

    static CountingEdge start(Pack pack, Credentials credentials, TransportChoice transport) {
        return new CountingEdge(pack, credentials, transport);
    }

    static PackIdentity identity(Pack pack) {
        return new PackIdentity(pack.manifest().name(), pack.hash(), pack.tableHash());
    }

    TandemServer server() {
        return server;
    }

    /** Stages: {@code begun} is the edge's clock when decoding began, so that a trial in the same process can subtract; {@code work} its own time. */
    private void count(IncomingExchange exchange) {
        long begun = System.nanoTime();
        TokenSet tokens;
        try {
            synchronized (tofc) {
                tokens = tofc.decode(exchange.slices(), point(exchange));
            }
        } catch (IllegalArgumentException | CorruptBitstreamException | PackException e) {
            exchange.fail(ErrorCode.ANSWER_FAILED, e.getMessage());
            return;
        }
        exchange.words(Integer.toString(tokens.count()));
        exchange.done(new AnswerSummary(tokens.count(), tokens.total(), 1, tokens.count(),
                Map.of("begun", Math.max(0, begun), "work", System.nanoTime() - begun)));
    }

    private OperatingPoint point(IncomingExchange exchange) {
        int id = exchange.operatingPointId();
        return id == 0
                ? pack.operatingPoint(exchange.operatingPointName())
                : pack.manifest().operatingPoints().stream().filter(each -> each.id() == id).findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("no operating point [" + id + "]"));
    }

    @Override
    public void close() {
        server.close();
        tofc.close();
    }
}
