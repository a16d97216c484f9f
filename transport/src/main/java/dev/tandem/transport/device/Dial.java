package dev.tandem.transport.device;

import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.session.Causes;
import dev.tandem.transport.session.PeerException;
import dev.tandem.transport.session.Transport;
import dev.tandem.transport.tls.TlsContexts;
import dev.tandem.transport.tls.TlsFailure;
import dev.tandem.transport.wire.UplinkPacer;
import dev.tandem.transport.wire.Wire;
import dev.tandem.transport.wire.WireCounter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One attempt to reach the edge over one transport, up to HELLO_ACK. Loop only. Whoever dials either takes the
 * connection or {@link #abandon}s it.
 */
abstract class Dial {
    private final ClientSettings settings;
    private final EventLoop loop;
    private final TlsContexts tls;
    private final WireCounter counter;
    private final CompletableFuture<DeviceConnection> opened = new CompletableFuture<>();
    private final Consumer<Wire> wires;
    private DeviceConnection connection;
    private boolean abandoned;

    /** {@code wires} gets each wire when it comes to be; {@code tls} is null in a laboratory only. */
    Dial(ClientSettings settings, EventLoop loop, TlsContexts tls, WireCounter counter, Consumer<Wire> wires) {
        this.settings = settings;
        this.loop = loop;
        this.tls = tls;
        this.counter = counter;
        this.wires = wires;
    }

    abstract Transport transport();

    /** Begins to connect; the outcome is told through {@link #attached} or {@link #failed}. */
    abstract void connect();

    /** Completes on the loop after HELLO_ACK, or with a {@link PeerException} in words. */
    final CompletableFuture<DeviceConnection> start() {
        connect();
        long millis = settings.connect().toMillis() * 2;
        loop.schedule(() -> {
            if (!opened.isDone()) {
                failed(new PeerException(address(), 0, ErrorCode.CONNECT_TIMEOUT,
                        connection == null
                                ? "the edge did not answer over " + transport() + " within [" + millis + "] ms"
                                : "the edge accepted the connection over " + transport() + " but said no hello within ["
                                        + millis + "] ms",
                        null));
                abandon();
            }
        }, millis, TimeUnit.MILLISECONDS);
        return opened;
    }

    /** The wire exists; TLS and hello are next. */
    final DeviceConnection attached(Wire wire) {
        wires.accept(wire);
        connection = new DeviceConnection(settings, wire);
        connection.opened().whenComplete((open, failure) -> {
            if (failure == null) {
                opened.complete(open);
            } else {
                opened.completeExceptionally(failure);
            }
        });
        return connection;
    }

    /** There is no connection. */
    final void failed(Throwable cause) {
        opened.completeExceptionally(cause instanceof PeerException ? cause : unreachable(cause));
    }

    /** There is none because one of the ends refused the other's certificate, or TLS failed. */
    final void refused(TlsFailure why) {
        if (connection != null) {
            connection.refused(why);
        } else {
            failed(new PeerException(address(), 0, why.code(), why.reason(), null));
        }
    }

    /** Closes what there is, now or when it comes to be. */
    final void abandon() {
        abandoned = true;
        if (connection != null) {
            connection.close();
        }
        release();
    }

    final boolean abandoned() {
        return abandoned;
    }

    /** Gives back sockets that no connection owns. */
    abstract void release();

    final ClientSettings settings() {
        return settings;
    }

    final EventLoop loop() {
        return loop;
    }

    final TlsContexts tls() {
        return tls;
    }

    /** Counts what passes the socket, and holds bytes back where the uplink is limited. */
    final void count(ChannelPipeline pipeline) {
        pipeline.addLast(counter);
        if (settings.uplinkBytesPerSecond() > 0) {
            pipeline.addLast(new UplinkPacer(settings.uplinkBytesPerSecond()));
        }
    }

    final WireCounter counter() {
        return counter;
    }

    final InetSocketAddress address() {
        return InetSocketAddress.createUnresolved(settings.host(), settings.port());
    }

    private PeerException unreachable(Throwable cause) {
        if (cause instanceof ConnectTimeoutException) {
            return new PeerException(address(), 0, ErrorCode.CONNECT_TIMEOUT,
                    "the edge did not answer over " + transport() + " within [" + settings.connect()
                            + "]; is the address right, and no firewall in between?",
                    cause);
        }
        if (Causes.find(cause, UnknownHostException.class) != null) {
            return new PeerException(address(), 0, ErrorCode.UNREACHABLE, "the edge's host name [" + settings.host()
                    + "] is not known: this machine finds no address for it; is it spelt right, and does DNS work here?",
                    cause);
        }
        return new PeerException(address(), 0, ErrorCode.UNREACHABLE, "the edge cannot be reached over " + transport()
                + " [" + Causes.deepest(cause) + "]; is it running there, on this port?", cause);
    }
}
