package dev.tandem.transport.device;

import dev.tandem.transport.frame.End;
import dev.tandem.transport.session.Transport;
import dev.tandem.transport.tls.TlsContexts;
import dev.tandem.transport.wire.Sockets;
import dev.tandem.transport.wire.TcpWire;
import dev.tandem.transport.wire.Wire;
import dev.tandem.transport.wire.WireCounter;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import java.util.function.Consumer;

/** An attempt over TCP with TLS 1.3, or without TLS in a laboratory. */
final class TcpDial extends Dial {
    private Channel channel;

    /** {@code tls} is null in a laboratory only. */
    TcpDial(ClientSettings settings, EventLoop loop, TlsContexts tls, WireCounter counter,
            Consumer<Wire> wires) {
        super(settings, loop, tls, counter, wires);
    }

    @Override
    Transport transport() {
        return Transport.TCP;
    }

    @Override
    void connect() {
        ChannelFuture connecting = new Bootstrap().group(loop()).channel(Sockets.tcp())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(settings().connect().toMillis()))
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel fresh) {
                        Sockets.noticeDeadPeer(fresh);
                        fill(fresh);
                    }
                }).connect(settings().host(), settings().port());
        channel = connecting.channel();
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                failed(done.cause());
            } else if (abandoned()) {
                channel.close();
            }
        });
    }

    private void fill(Channel fresh) {
        count(fresh.pipeline());
        if (tls() != null) {
            fresh.pipeline().addLast(
                    tls().tcpHandler(fresh, settings().host(), settings().port(), settings().connect()));
        }
        new TcpWire(End.EDGE, counter(), tls(), this::attached).addTo(fresh.pipeline());
    }

    @Override
    void release() {
        if (channel != null) {
            channel.close();
        }
    }
}
