package dev.tandem.transport.tls;

import dev.tandem.transport.frame.End;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicConnectionCloseEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSession;

/** An edge that only shakes hands and echoes, the same for both transports. */
public interface HandshakePair extends AutoCloseable {
    /** Starts a device's connection; both ends tell by themselves how it went. */
    Connection connect(TlsContexts device, String host) throws Exception;

    /** Sends a text from the device's side and gives what came back. */
    String echo(Channel connection, String text) throws Exception;

    @Override
    void close();

    /** One connection, closed from the device's side. */
    record Connection(HandshakeEnd device, HandshakeEnd edge, Channel socket, HandshakePair pair)
            implements
                AutoCloseable {
        String echo(String text) throws Exception {
            return pair.echo(device.established(), text);
        }

        @Override
        public void close() {
            socket.close().syncUninterruptibly();
        }
    }

    /** What one end of one connection notices. */
    final class HandshakeEnd {
        private final long begun = System.currentTimeMillis();
        final CompletableFuture<Channel> active = new CompletableFuture<>();
        final CompletableFuture<TlsFailure> failure = new CompletableFuture<>();
        private volatile Throwable seen;
        private volatile TlsFailure alert;

        Channel established() throws Exception {
            return active.get(10, TimeUnit.SECONDS);
        }

        /** Common name of the other end's certificate, of a connection that came about. */
        String peer() throws Exception {
            Channel channel = established();
            SSLSession session = channel instanceof QuicChannel quic
                    ? quic.sslEngine().getSession()
                    : channel.pipeline().get(SslHandler.class).engine().getSession();
            return HostNames.peerName((X509Certificate) session.getPeerCertificates()[0]);
        }

        /** Whether the connection took up an earlier session; neither library offers more to ask than this. */
        boolean resumed() throws Exception {
            Channel channel = established();
            if (channel instanceof QuicChannel quic) {
                Method reused = quic.sslEngine().getClass().getDeclaredMethod("isSessionReused");
                reused.setAccessible(true);
                return (boolean) reused.invoke(quic.sslEngine());
            }
            // The JDK keeps the time of the first handshake in a resumed session.
            return channel.pipeline().get(SslHandler.class).engine().getSession().getCreationTime() < begun;
        }

        /** Why it ended; null when not for TLS. */
        TlsFailure failure() throws Exception {
            return failure.get(10, TimeUnit.SECONDS);
        }

        private void finish(TlsFailure found) {
            failure.complete(found == null ? alert : found);
        }

        void seen(Throwable cause) {
            seen = cause;
        }

        /** Asks for the failure when the channel is gone, which is when a transport would. */
        ChannelHandler handler(TlsContexts contexts, End end) {
            return new ChannelInboundHandlerAdapter() {
                @Override
                public void handlerAdded(ChannelHandlerContext context) {
                    context.channel().closeFuture().addListener(closed -> context.channel().eventLoop()
                            .execute(() -> finish(contexts.failure(context.channel(), seen))));
                }

                @Override
                public void userEventTriggered(ChannelHandlerContext context, Object event) {
                    if (event instanceof QuicConnectionCloseEvent close && seen == null) {
                        alert = TlsFailure.of(close, end);
                    } else if (event instanceof SslHandshakeCompletionEvent done && done.isSuccess()) {
                        active.complete(context.channel());
                    }
                    context.fireUserEventTriggered(event);
                }

                @Override
                public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                    if (seen == null) {
                        seen = cause;
                    }
                }
            };
        }
    }

    /** Sends back what comes. */
    final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public boolean isSharable() {
            return true;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            context.writeAndFlush(message);
        }
    }

    /** Completes with the first text that comes, and goes. */
    final class FirstText extends SimpleChannelInboundHandler<ByteBuf> {
        private final CompletableFuture<String> text;

        FirstText(CompletableFuture<String> text) {
            this.text = text;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
            context.pipeline().remove(this);
            text.complete(bytes.toString(StandardCharsets.UTF_8));
        }
    }
}
