package dev.tandem.transport.device;

import dev.tandem.transport.session.PeerException;
import dev.tandem.transport.session.Transport;
import dev.tandem.transport.session.WireBytes;
import dev.tandem.transport.tls.TlsContexts;
import dev.tandem.transport.wire.Wire;
import dev.tandem.transport.wire.WireCounter;
import io.netty.channel.EventLoop;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries to reach the edge, one race of the transports at a time, and knows every socket that came of it. Loop only,
 * except where said.
 */
final class Dialer {
    private static final Logger LOG = LoggerFactory.getLogger(Dialer.class);

    private final ClientSettings settings;
    private final EventLoop loop;
    private final TlsContexts tls;
    private final TransportOrder order;
    private final LinkWins wins = new LinkWins();
    /** Of all attempts together: a device may try for weeks, so that none is kept. */
    private final LongAdder written = new LongAdder();
    private final LongAdder read = new LongAdder();
    private final Set<CompletableFuture<Void>> open = new HashSet<>();
    private DialRace race;
    private String network;

    /** IllegalArgumentException when the credentials cannot be used. */
    Dialer(ClientSettings settings, EventLoop loop) {
        this.settings = settings;
        this.loop = loop;
        this.order = new TransportOrder(settings);
        this.tls = settings.lab() ? null : TlsContexts.device(settings.credentials());
        if (settings.lab()) {
            LOG.warn("laboratory link to [{}]: questions, features and answers travel in PLAIN TEXT, and nobody is who "
                    + "they say; never outside a laboratory", settings.host());
        }
    }

    /** Any thread. */
    LinkWins wins() {
        return wins;
    }

    /** Any thread. */
    WireBytes wireBytes() {
        return new WireBytes(written.sum(), read.sum());
    }

    boolean dialling() {
        return race != null;
    }

    /** Begins to try; one of the two is called, unless {@link #cancel} comes first. */
    void dial(Consumer<DeviceConnection> won, Consumer<PeerException> lost) {
        network = order.network();
        DialRace now = new DialRace(loop, order.of(network), this::attempt, wins);
        race = now;
        now.run().whenComplete((connection, failure) -> {
            race = null;
            if (connection != null) {
                won.accept(connection);
            } else if (failure instanceof PeerException why) {
                lost.accept(why);
            }
        });
    }

    private Dial attempt(Transport transport) {
        WireCounter counter = new WireCounter(written, read);
        return transport == Transport.QUIC
                ? new QuicDial(settings, loop, tls, counter, this::opened)
                : new TcpDial(settings, loop, tls, counter, this::opened);
    }

    private void opened(Wire wire) {
        CompletableFuture<Void> gone = new CompletableFuture<>();
        open.add(gone);
        wire.gone(() -> {
            open.remove(gone);
            gone.complete(null);
        });
    }

    /** The connection that was reached last is taken: its transport goes first next time. */
    void taken(DeviceConnection connection) {
        order.won(network, connection.wire().transport());
    }

    void cancel() {
        if (race != null) {
            race.cancel();
        }
    }

    /** Completes when no socket is open any more. */
    CompletableFuture<Void> gone() {
        return CompletableFuture.allOf(open.toArray(CompletableFuture[]::new));
    }

    /** Gives back the TLS contexts, once the loop has stopped. Any thread. */
    void release() {
        if (tls != null) {
            tls.close();
        }
    }
}
