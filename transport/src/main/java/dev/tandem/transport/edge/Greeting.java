package dev.tandem.transport.edge;

import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Failure;
import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.Hello;
import dev.tandem.transport.frame.HelloAck;
import dev.tandem.transport.session.HelloCheck;
import dev.tandem.transport.session.Software;
import dev.tandem.transport.tls.PeerIdentity;
import dev.tandem.transport.tls.TlsFailure;
import dev.tandem.transport.wire.ByteShare;
import dev.tandem.transport.wire.Wire;
import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * How a device comes in: its certificate, its hello, its place and its share of the edge's buffers. Event loop only,
 * except where said.
 */
final class Greeting {
    /** What a connection takes besides frames: TLS, channel, tables. */
    private static final int CONNECTION_BYTES = 64 << 10;
    private static final PeerIdentity UNKNOWN = new PeerIdentity("unknown", "unknown");

    private final Edge edge;
    private final EdgeConnection connection;
    private final Wire wire;
    private final Runnable greeted;
    /** The trust that the handshake began with. */
    private final int generation;
    private volatile PeerIdentity peer = UNKNOWN;
    private volatile List<X509Certificate> chain = List.of();
    private volatile ByteShare share = ByteShare.unlimited();
    private SocketAddress entered;
    private boolean done;

    Greeting(Edge edge, EdgeConnection connection, Runnable greeted) {
        this.edge = edge;
        this.connection = connection;
        this.wire = connection.wire();
        this.greeted = greeted;
        this.generation = edge.tls() == null ? 0 : edge.tls().generation();
    }

    /** Who the device is, by its certificate. Any thread. */
    PeerIdentity peer() {
        return peer;
    }

    /** Its certificate and those that vouch for it; empty in a laboratory. Any thread. */
    List<X509Certificate> chain() {
        return chain;
    }

    /** What it may hold of the edge's buffers; before the hello, when it can hold next to nothing, without end. */
    ByteShare share() {
        return share;
    }

    /** Whether it is in. */
    boolean done() {
        return done;
    }

    /** TLS has shown who it is; an empty chain: a laboratory, where nobody knows. */
    void up(List<X509Certificate> certificates) {
        chain = List.copyOf(certificates);
        if (chain.isEmpty()) {
            peer = PeerIdentity.unproven("laboratory device at " + wire.remote(), wire.remote());
        } else {
            peer = PeerIdentity.of(chain.getFirst());
            edge.entrance().proved(wire.remote());
        }
    }

    /** Answers a HELLO; else why not. */
    Failure hello(Frame frame) {
        Failure refusal = HelloCheck.refusal(Hello.versions(frame));
        if (refusal != null) {
            return refusal;
        }
        Hello hello = Hello.read(frame);
        refusal = HelloCheck.refusal(hello.pack(), edge.settings().pack());
        if (refusal == null) {
            refusal = enter();
        }
        if (refusal != null) {
            return refusal;
        }
        done = true;
        greeted.run();
        wire.open(edge.settings().limits());
        connection.send(new HelloAck(Hello.VERSION, edge.settings().pack(), edge.settings().limits(), Software.NAME)
                .toFrame());
        edge.counters().countConnection(wire.transport());
        edge.devices().info("device [{}] at [{}] connected over {}, software [{}]", peer.name(), wire.remote(),
                wire.transport(), hello.software());
        return null;
    }

    private Failure enter() {
        String full = edge.entrance().enters(connection, wire.remote());
        if (full != null) {
            return Failure.of(ErrorCode.OVERLOADED, full);
        }
        entered = wire.remote();
        share = edge.budget().share(peer.fingerprint());
        if (!share.take(CONNECTION_BYTES)) {
            Failure refusal = Failure.of(ErrorCode.OVERLOADED, share.refusal(CONNECTION_BYTES));
            share.owe(CONNECTION_BYTES); // until it has gone
            return refusal;
        }
        wire.charge(share);
        // In this order: a sweep that came before this one had its place has changed the generation.
        TlsFailure why = edge.tls() == null || edge.tls().generation() == generation ? null : edge.tls().judge(chain);
        return why == null ? null : Failure.of(ErrorCode.NO_LONGER_TRUSTED, distrusted(why));
    }

    static String distrusted(TlsFailure why) {
        return "the edge trusts this device no longer: " + why.reason();
    }

    /** The connection has ended. */
    void left(String reason) {
        if (entered != null) {
            edge.entrance().leaves(connection, entered);
            share.give(CONNECTION_BYTES);
            share.close();
            entered = null;
        }
        if (done) {
            edge.devices().info("device [{}] at [{}] disconnected: {}", peer.name(), wire.remote(), reason);
        }
    }
}
