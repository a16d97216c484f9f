package dev.tandem.transport.wire;

import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.FrameException;
import dev.tandem.transport.frame.FrameType;
import dev.tandem.transport.session.Causes;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamType;

/**
 * Frames of one QUIC stream: the control stream's are of the connection, any other's of the one exchange that its ASK
 * named.
 */
public final class QuicStream extends ChannelInboundHandlerAdapter {
    private final QuicWire wire;
    private long exchange;

    private QuicStream(QuicWire wire, long exchange) {
        this.wire = wire;
        this.exchange = exchange;
    }

    /** Fills the pipeline of a stream, whichever end opened it. */
    public static final class Initializer extends ChannelInitializer<QuicStreamChannel> {
        private final QuicWire own;
        private final long exchange;

        /** Streams of the other end: the wire is their parent's. */
        public Initializer() {
            this(null, 0);
        }

        /** The control stream that the device opens. */
        Initializer(QuicWire own) {
            this(own, 0);
        }

        /** An exchange's stream that the device opens. */
        Initializer(QuicWire own, long exchange) {
            this.own = own;
            this.exchange = exchange;
        }

        @Override
        protected void initChannel(QuicStreamChannel stream) {
            QuicWire wire = own == null ? QuicEvents.wire(stream.parent()) : own;
            boolean control = exchange == 0 && (own != null || stream.streamId() == 0);
            ReadGate gate = control ? wire.streams().gate() : null;
            stream.pipeline().addLast(
                    new FrameDecoder(wire::rules, wire::share, control ? gate : wire.streams().end()),
                    new FrameEncoder(wire::share, gate),
                    new QuicStream(wire, exchange));
            if (own == null) {
                wire.streams().begins(stream);
            }
        }

        @Override
        public boolean isSharable() {
            return true;
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable thrown) {
            QuicEvents.wire(context.channel().parent()).events().broken(thrown);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        QuicStreamChannel stream = (QuicStreamChannel) context.channel();
        switch (message) {
            case Frame frame -> {
                place(stream, frame.type(), frame.exchange());
                wire.events().frame(frame);
            }
            case FrameDecoder.Dropped dropped -> {
                place(stream, dropped.type(), dropped.exchange());
                wire.events().dropped(dropped.type(), dropped.exchange(), dropped.why());
            }
            default -> context.fireChannelRead(message);
        }
    }

    /** Whether a frame may come here. */
    private void place(QuicStreamChannel stream, FrameType type, long of) {
        if (stream.type() == QuicStreamType.UNIDIRECTIONAL) {
            wire.streams().repeated(of, stream);
        } else if (exchange == 0 && stream.streamId() != 0) {
            if (type != FrameType.ASK) {
                throw new FrameException(ErrorCode.UNEXPECTED_FRAME,
                        "frame [" + type + "] begins stream [" + stream.streamId() + "], needed ASK");
            }
            exchange = of;
            wire.streams().belongs(exchange, stream);
        } else if (of != exchange) {
            throw new FrameException(ErrorCode.UNEXPECTED_FRAME, "frame [" + type + "] of exchange ["
                    + of + "] in the stream of [" + exchange + "]");
        }
        wire.read();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            ended(context);
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        ended(context);
        context.fireChannelInactive();
    }

    private void ended(ChannelHandlerContext context) {
        QuicStreamChannel stream = (QuicStreamChannel) context.channel();
        if (stream.type() == QuicStreamType.UNIDIRECTIONAL) {
            // Netty closes it when its last byte is handed over: whether that was read, the device says in the other
            // stream
            return;
        }
        if (exchange != 0) {
            wire.streams().ended(exchange, stream);
        } else if (stream.streamId() == 0 && stream.type() == QuicStreamType.BIDIRECTIONAL && wire.active()) {
            wire.events().broken(new FrameException(ErrorCode.UNEXPECTED_FRAME, "the control stream ended"));
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        wire.events().writable();
        context.fireChannelWritabilityChanged();
    }

    /** Bad frames, and errors of this end, end the connection; what only this stream suffers ends this stream. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable thrown) {
        if (Causes.find(thrown, FrameException.class) != null || Causes.find(thrown, Error.class) != null) {
            wire.events().broken(thrown);
        } else {
            ended(context);
        }
    }
}
