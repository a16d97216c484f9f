package dev.tandem.transport.tls;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Handlers of TLS over TCP. */
public final class Tls {
    private Tls() {
    }

    public static SslHandler edgeHandler(SslContext context, Channel channel, Duration handshake) {
        return limited(context.newHandler(channel.alloc()), handshake);
    }

    public static SslHandler deviceHandler(SslContext context, Channel channel, String host, int port,
            Duration handshake) {
        return limited(context.newHandler(channel.alloc(), host, port), handshake);
    }

    private static SslHandler limited(SslHandler handler, Duration handshake) {
        handler.setHandshakeTimeout(handshake.toMillis(), TimeUnit.MILLISECONDS);
        return handler;
    }
}
