package dev.tandem.transport.wire;

import dev.tandem.transport.frame.End;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.FrameException;
import dev.tandem.transport.frame.FrameType;
import dev.tandem.transport.frame.Text;
import dev.tandem.transport.tls.PeerIdentity;
import dev.tandem.transport.tls.TlsContexts;
import dev.tandem.transport.tls.TlsFailure;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicConnectionCloseEvent;
import io.netty.handler.codec.quic.QuicDatagramExtensionEvent;
import io.netty.handler.codec.quic.QuicPathEvent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * What QUIC tells of one connection, handed to its {@link QuicWire}'s events: the handler of its {@link QuicChannel}.
 * Releases each datagram read.
 */
public final class QuicEvents extends ChannelInboundHandlerAdapter {
    private final End here;
    private final TlsContexts contexts;
    private final WireCounter counter;
    private final Function<Wire, WireEvents> maker;
    private QuicWire wire;
    private QuicConnectionCloseEvent closing;

    /** {@code counter} stands next to a socket that only this connection uses; null where many share one. */
    public QuicEvents(End here, TlsContexts contexts, WireCounter counter, Function<Wire, WireEvents> maker) {
        this.here = here;
        this.contexts = contexts;
        this.counter = counter;
        this.maker = maker;
    }

    /** The wire of a connection that has this handler. */
    static QuicWire wire(Channel connection) {
        return connection.pipeline().get(QuicEvents.class).wire;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        wire = new QuicWire((QuicChannel) context.channel(), here, counter, maker);
        context.channel().closeFuture().addListener(closed -> closed());
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        wire.reached();
        if (here == End.EDGE) {
            up();
        } else {
            wire.streams().openControl(wire.channel(), this::up, wire.events()::broken);
        }
        context.fireChannelActive();
    }

    private void up() {
        try {
            wire.up();
            wire.events().up(PeerIdentity.chain(wire.channel().sslEngine().getSession()));
        } catch (SSLPeerUnverifiedException e) {
            wire.events().broken(e);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof ByteBuf datagram)) {
            context.fireChannelRead(message); // a stream of the other end: Netty's own handler registers it
            return;
        }
        wire.read();
        try {
            Frame frame = Frame.parse(datagram.nioBuffer(), wire.rules());
            if (frame.type() == FrameType.SLICE || frame.type() == FrameType.ASK) {
                wire.events().datagram(frame);
            } else {
                wire.events().badDatagram(new FrameException(ErrorCode.UNEXPECTED_FRAME,
                        "frame [" + frame.type() + "] in a datagram, needed SLICE or ASK"));
            }
        } catch (FrameException e) {
            wire.events().badDatagram(e);
        } finally {
            ReferenceCountUtil.release(datagram);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        switch (event) {
            case QuicDatagramExtensionEvent datagrams -> wire.path().datagrams(datagrams.maxLength());
            case QuicConnectionCloseEvent close -> closing = close;
            case QuicPathEvent.PeerMigrated moved when here == End.EDGE -> wire.streams().moved(wire.channel());
            default -> {
            }
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable thrown) {
        TlsFailure why = wire.isUp() ? null : contexts.failure(wire.channel(), thrown);
        if (why == null) {
            wire.events().broken(thrown);
        } else {
            wire.events().refused(why);
        }
    }

    /** A connection whose handshake failed never becomes active, so only its closing can be waited for. */
    private void closed() {
        TlsFailure own = contexts.failure(wire.channel(), null);
        TlsFailure why = own == null && closing != null ? TlsFailure.of(closing, here) : own;
        if (why != null) {
            wire.events().refused(why);
        }
        wire.streams().closed();
        wire.events().down(closing == null ? null : reason(closing));
    }

    /** Null when the other end gave none. */
    private static String reason(QuicConnectionCloseEvent event) {
        try {
            byte[] words = event.reason();
            return words.length == 0 ? null : Text.plain(new String(words, StandardCharsets.UTF_8));
        } catch (NullPointerException e) {
            return null; // Netty 4.2.18 copies a reason that it may not have, and offers no way to ask first
        }
    }
}
