package dev.tandem.transport.device;

import dev.tandem.transport.frame.End;
import dev.tandem.transport.session.Causes;
import dev.tandem.transport.session.Transport;
import dev.tandem.transport.tls.TlsContexts;
import dev.tandem.transport.tls.TlsFailure;
import dev.tandem.transport.wire.QuicCodec;
import dev.tandem.transport.wire.QuicEvents;
import dev.tandem.transport.wire.QuicStream;
import dev.tandem.transport.wire.Sockets;
import dev.tandem.transport.wire.Wire;
import dev.tandem.transport.wire.WireCounter;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicClientCodecBuilder;
import io.netty.handler.codec.quic.QuicClosedChannelException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.function.Consumer;

/** An attempt over QUIC: a UDP socket of its own, closed with its connection. */
final class QuicDial extends Dial {
    /**
     * The edge opens streams only after a change of address: one for control, one an exchange. Those of moves in quick
     * succession are open together, and 256 were used up by 36 moves; what they may hold is bounded by the connection's
     * window.
     */
    private static final int EDGE_STREAMS = 4_096;

    /**
     * Ids of the edge's connection that the device keeps, RFC 9000's least: it goes on with the same one where its
     * address changes.
     */
    private static final int EDGE_IDS = 2;

    private Channel udp;
    private Channel connecting;

    QuicDial(ClientSettings settings, EventLoop loop, TlsContexts tls, WireCounter counter,
            Consumer<Wire> wires) {
        super(settings, loop, tls, counter, wires);
    }

    @Override
    Transport transport() {
        return Transport.QUIC;
    }

    @Override
    void connect() {
        InetSocketAddress edge = new InetSocketAddress(settings().host(), settings().port());
        if (edge.isUnresolved()) {
            failed(new UnknownHostException(settings().host()));
            return;
        }
        ChannelHandler codec = QuicCodec.common(new QuicClientCodecBuilder())
                .localConnectionIdLength(0) // one connection a socket: the edge needs no id, nor a new one when we move
                .activeConnectionIdLimit(EDGE_IDS)
                .initialMaxStreamsUnidirectional(EDGE_STREAMS)
                .initialMaxStreamDataUnidirectional(QuicCodec.STREAM_BYTES)
                .sslEngineProvider(channel -> {
                    connecting = channel;
                    return tls().quicEngine(channel, settings().host(), settings().port());
                })
                .build();
        new Bootstrap().group(loop()).channel(Sockets.udp()).handler(new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel fresh) {
                count(fresh.pipeline());
                fresh.pipeline().addLast(codec, new ClosedSocket());
            }
        }).bind(0).addListener(bound -> {
            if (!bound.isSuccess()) {
                failed(bound.cause());
                return;
            }
            udp = ((ChannelFuture) bound).channel();
            dial(edge);
        });
    }

    private void dial(InetSocketAddress edge) {
        if (abandoned()) {
            udp.close();
            return;
        }
        QuicChannel.newBootstrap(udp)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(settings().connect().toMillis()))
                .handler(new QuicEvents(End.DEVICE, tls(), counter(), this::attached))
                .streamHandler(new QuicStream.Initializer()).remoteAddress(edge).connect().addListener(made -> {
                    if (made.isSuccess()) {
                        ((QuicChannel) made.getNow()).closeFuture().addListener(closed -> udp.close());
                        if (abandoned()) {
                            ((QuicChannel) made.getNow()).close();
                        }
                    } else {
                        fail(made.cause());
                        udp.close();
                    }
                });
    }

    /** Netty tells a handshake that this end refused as any other failure: the reason is asked for. */
    private void fail(Throwable cause) {
        TlsFailure refused = connecting == null ? null : tls().failure(connecting, null);
        QuicClosedChannelException closed = Causes.find(cause, QuicClosedChannelException.class);
        if (refused == null && closed != null && closed.event() != null) {
            refused = TlsFailure.of(closed.event(), End.DEVICE);
        }
        if (refused == null) {
            failed(cause);
        } else {
            refused(refused);
        }
    }

    @Override
    void release() {
        // the connection closes the socket when it has closed; without one connect() fails and closes it
    }
}
