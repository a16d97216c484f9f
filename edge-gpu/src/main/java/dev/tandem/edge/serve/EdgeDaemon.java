package dev.tandem.edge.serve;

import dev.tandem.foreign.MemoryAccount;
import dev.tandem.pack.Pack;
import dev.tandem.transport.edge.ServerSettings;
import dev.tandem.transport.edge.TandemServer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running edge: listens, answers, stops. Ready means ready: when {@link #start} returns, the heads are open and those
 * that can have answered to themselves. <b>Threads:</b> any; inference happens on one thread of its own, decoding on
 * another.
 */
public final class EdgeDaemon implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EdgeDaemon.class);
    /** Stopping takes this, what the link needs to say so, and a second for the model: within ten in all. */
    private static final Duration DRAIN = Duration.ofSeconds(4);

    private final Offer offer;
    private final Admission admission;
    private final Decoders decoders = new Decoders(Decoders.BUDGET);
    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ServeMeters meters = new ServeMeters(metrics, MemoryAccount.process());
    private Answerer answerer;
    private TandemServer server;
    private boolean closed;

    private EdgeDaemon(Offer offer, int queue) {
        this.offer = offer;
        this.admission = new Admission(queue);
    }

    /**
     * Checks the pack, opens engine and heads, warms up, listens.
     *
     * @throws dev.tandem.pack.PackException                       if the pack is damaged
     * @throws dev.tandem.foreign.NativeUnavailableException       if the engine cannot run here
     * @throws dev.tandem.transport.session.PeerException          if the address cannot be bound
     * @throws IllegalArgumentException                            if credentials or settings are bad
     */
    public static EdgeDaemon start(EdgeSettings settings) {
        Pack pack = Pack.open(settings.pack());
        Room.warning(pack).ifPresent(LOG::warn);
        Offer offer = Offer.of(pack, settings.methods());
        EdgeDaemon daemon = new EdgeDaemon(offer, settings.queue());
        try {
            daemon.open(settings);
            return daemon;
        } catch (RuntimeException e) {
            daemon.close();
            throw e;
        }
    }

    private void open(EdgeSettings settings) {
        answerer = admission.call(() -> Answerer.open(offer, settings, admission));
        LinkMeters link = new LinkMeters(metrics);
        server = TandemServer.start(ServerSettings.of(settings.address(), settings.credentials(), offer.identity())
                .withTransport(settings.transport()).withLab(settings.lab()).withDrain(DRAIN),
                new LinkAnswers(offer, answerer, admission, decoders, meters), link);
        link.bind(server);
        meters.bind(admission, offer);
    }

    /** Where it listens, with the real port. */
    public InetSocketAddress address() {
        return server.address();
    }

    /** What it takes and gives. */
    public Offer offer() {
        return offer;
    }

    /** What it has counted and measured so far, as Prometheus text. */
    public String metrics() {
        meters.refresh();
        return metrics.scrape();
    }

    /**
     * Takes no more tasks, finishes those in flight within four seconds, cancels the rest, frees everything; what hangs
     * longer is left behind. Done within ten seconds. Idempotent.
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (server != null) {
            server.close();
        }
        decoders.close();
        if (answerer != null) {
            admission.later(() -> {
                answerer.close();
                return null;
            });
        }
        admission.close();
        metrics.close();
    }
}
