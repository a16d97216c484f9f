package dev.tandem.edge.serve;

import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.pack.Pack;
import dev.tandem.pack.PackException;
import dev.tandem.transport.edge.ExchangeHandler;
import dev.tandem.transport.edge.IncomingExchange;
import dev.tandem.transport.edge.ServerSettings;
import dev.tandem.transport.edge.TandemServer;
import dev.tandem.transport.frame.PackIdentity;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running edge: listens, answers, stops. Ready means ready: when {@link #start} returns, the weights are loaded and
 * the model has answered a question. <b>Threads:</b> any; inference happens on one thread of its own.
 */
public final class EdgeDaemon implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EdgeDaemon.class);

    private final Pack pack;
    private final ModelThread thread;
    private final Answerer answerer;
    private final TandemServer server;
    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private boolean closed;

    private EdgeDaemon(Pack pack, EdgeSettings settings) {
        this.pack = pack;
        this.thread = new ModelThread(settings.queue());
        Answerer opened = null;
        try {
            opened = thread.call(() -> Answerer.open(pack, settings));
            this.answerer = opened;
            LinkMeters meters = new LinkMeters(metrics);
            this.server = TandemServer.start(serverSettings(pack, settings), this::handle, meters);
            meters.bind(server);
        } catch (RuntimeException e) {
            if (opened != null) {
                closeOnItsThread(opened);
            }
            thread.close();
            throw e;
        }
    }

    /**
     * Checks the pack, opens engine and model, warms up, listens.
     *
     * @throws dev.tandem.pack.PackException
     *             if the pack is damaged or has no language model
     * @throws dev.tandem.foreign.NativeUnavailableException
     *             if the engine cannot run here
     * @throws dev.tandem.transport.session.PeerException
     *             if the address cannot be bound
     * @throws IllegalArgumentException
     *             if credentials or settings are bad
     */
    public static EdgeDaemon start(EdgeSettings settings) {
        return new EdgeDaemon(Pack.open(settings.pack()), settings);
    }

    private static ServerSettings serverSettings(Pack pack, EdgeSettings settings) {
        PackIdentity identity = new PackIdentity(pack.manifest().name(), pack.hash(), pack.tableHash());
        // One answer thread hands to the model thread and waits; those behind it wait in the link's queue.
        return ServerSettings.of(settings.address(), settings.credentials(), identity).withAnswers(1, settings.queue())
                .withTransport(settings.transport()).withLab(settings.lab());
    }

    /** Where it listens, with the real port. */
    public InetSocketAddress address() {
        return server.address();
    }

    /** What it answers with. */
    public Pack pack() {
        return pack;
    }

    /** What it has counted and measured so far, as Prometheus text. */
    public String metrics() {
        return metrics.scrape();
    }

    /** Off-heap bytes of caches and prompts; the engine's weights and work space are not in it. */
    public long modelBytes() {
        return thread.call(answerer::modelBytes);
    }

    /** {@link ExchangeHandler}: on the link's answer thread. */
    private void handle(IncomingExchange exchange) {
        try {
            thread.call(() -> {
                if (!exchange.cancelled()) {
                    answerer.answer(exchange);
                }
                return null;
            });
        } catch (RefusedException e) {
            LOG.info("exchange {} of {} refused: {}", exchange.id(), exchange.device(), e.getMessage());
            exchange.fail(e.code(), e.getMessage());
        } catch (IllegalArgumentException | CorruptBitstreamException | PackException e) {
            LOG.info("exchange {} of {} cannot be answered: {}", exchange.id(), exchange.device(), e.getMessage());
            exchange.fail(e.getMessage());
        } catch (RuntimeException e) {
            LOG.warn("exchange {} of {} failed", exchange.id(), exchange.device(), e);
            exchange.fail(e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    private void closeOnItsThread(Answerer opened) {
        thread.call(() -> {
            opened.close();
            return null;
        });
    }

    /** Takes no more questions, finishes those in flight within the link's drain time, frees everything. Idempotent. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        server.close();
        metrics.close();
        closeOnItsThread(answerer);
        thread.close();
    }
}
