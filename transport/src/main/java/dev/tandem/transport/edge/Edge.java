package dev.tandem.transport.edge;

import dev.tandem.transport.tls.TlsContexts;
import dev.tandem.transport.wire.ByteBudget;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all connections of one server share. Thread safe. {@code tls} is null in a laboratory only.
 *
 * @param strangers log of those who have not said who they are
 * @param devices log of who comes and goes
 * @param exchanges log of exchanges that end without an answer
 */
record Edge(ServerSettings settings, TlsContexts tls, ExchangeHandler handler, LinkListener listener,
        LinkCounters counters, ByteBudget budget, Entrance entrance, SparingLog strangers, SparingLog devices,
        SparingLog exchanges) {
    private static final Logger LOG = LoggerFactory.getLogger(Edge.class);

    Edge(ServerSettings settings, TlsContexts tls, ExchangeHandler handler, LinkListener listener) {
        this(settings, tls, handler, listener, new LinkCounters(),
                new SparingLog(LOG, "refused handshakes", 20, 2, System::nanoTime));
    }

    private Edge(ServerSettings settings, TlsContexts tls, ExchangeHandler handler, LinkListener listener,
            LinkCounters counters, SparingLog strangers) {
        this(settings, tls, handler, listener, counters, new ByteBudget(settings.bufferBytes()),
                new Entrance(settings, counters, strangers), strangers,
                new SparingLog(LOG, "devices that came and went", 64, 8, System::nanoTime),
                new SparingLog(LOG, "exchanges without an answer", 32, 8, System::nanoTime));
    }

    /** Devices connected now. */
    Set<EdgeConnection> connections() {
        return entrance.connections();
    }

    /** The edge itself failed at something, out of memory or by a mistake; it goes on with the rest. */
    void fault(String at, Throwable thrown) {
        counters.countFault();
        LOG.error("{} failed on the edge", at, thrown);
    }

    /** Says what the logs have left out. */
    void tellLeftOut() {
        strangers.tell();
        devices.tell();
        exchanges.tell();
    }
}
