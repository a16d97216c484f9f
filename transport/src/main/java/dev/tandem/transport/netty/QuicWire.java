package dev.tandem.transport.netty;

import dev.tandem.transport.frame.End;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.FrameException;
import dev.tandem.transport.frame.FrameRules;
import dev.tandem.transport.frame.FrameType;
import dev.tandem.transport.frame.LinkLimits;
import dev.tandem.transport.session.Flight;
import dev.tandem.transport.session.Transport;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicConnectionCloseEvent;
import io.netty.handler.codec.quic.QuicDatagramExtensionEvent;
import io.netty.handler.codec.quic.QuicPathEvent;
import io.netty.util.ReferenceCountUtil;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * One QUIC connection as a {@link Wire}: the handler of its {@link QuicChannel}. Stream 0 is the control stream, each exchange has a
 * stream of its own, slices travel in datagrams (docs/wire.md, section 6). All channels of a connection share one event loop.
 *
 * <p>Ownership: releases each datagram read; what is written is released by Netty.
 */
final class QuicWire extends ChannelInboundHandlerAdapter implements Wire {
    /** After a close something written just before gets this long to leave the socket. */
    private static final int LINGER_MILLIS = 20;
    private static final int MAX_REASON_BYTES = 512;

    private final End here;
    private final TlsContexts contexts;
    private final WireCounter counter;
    private final Function<Wire, WireEvents> maker;
    private final QuicStreams streams;
    private QuicChannel channel;
    private WireEvents events;
    private final QuicPath path = new QuicPath();
    private FrameRules rules;
    private int inFlight = 1;
    private QuicConnectionCloseEvent closing;
    private SocketAddress remote;
    private boolean up;
    private long lastRead = System.nanoTime();
    private long lastWrite = lastRead;

    /** {@code counter} stands next to a socket that only this connection uses; null where many share one. */
    QuicWire(End here, TlsContexts contexts, WireCounter counter, Function<Wire, WireEvents> maker) {
        this.here = here;
        this.contexts = contexts;
        this.counter = counter;
        this.maker = maker;
        this.streams = new QuicStreams(this, here);
        this.rules = FrameRules.opening(here.other());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channel = (QuicChannel) context.channel();
        events = maker.apply(this);
        channel.closeFuture().addListener(closed -> closed());
    }

    WireEvents events() {
        return events;
    }

    FrameRules rules() {
        return rules;
    }

    QuicStreams streams() {
        return streams;
    }

    /** Exchanges that the device may have in flight; 1 before the hello. */
    int inFlight() {
        return inFlight;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        remote = channel.remoteSocketAddress();
        if (here == End.EDGE) {
            up();
        } else {
            streams.openControl(channel, this::up, events::broken);
        }
        context.fireChannelActive();
    }

    private void up() {
        try {
            up = true;
            events.up((X509Certificate) channel.sslEngine().getSession().getPeerCertificates()[0]);
        } catch (SSLPeerUnverifiedException e) {
            events.broken(e);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof ByteBuf datagram)) {
            context.fireChannelRead(message); // a stream of the other end: Netty's own handler registers it
            return;
        }
        read();
        try {
            Frame frame = Frame.parse(datagram.nioBuffer(), rules);
            if (frame.type() == FrameType.SLICE || frame.type() == FrameType.ASK) {
                events.datagram(frame);
            } else {
                events.badDatagram(new FrameException(ErrorCode.UNEXPECTED_FRAME,
                        "frame [" + frame.type() + "] in a datagram, needed SLICE or ASK"));
            }
        } catch (FrameException e) {
            events.badDatagram(e);
        } finally {
            ReferenceCountUtil.release(datagram);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        switch (event) {
            case QuicDatagramExtensionEvent datagrams -> path.datagrams(datagrams.maxLength());
            case QuicConnectionCloseEvent close -> closing = close;
            case QuicPathEvent.PeerMigrated moved when here == End.EDGE -> streams.moved(channel);
            default -> {
            }
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable thrown) {
        TlsFailure why = up ? null : contexts.failure(channel, thrown);
        if (why == null) {
            events.broken(thrown);
        } else {
            events.refused(why);
        }
    }

    /** A connection whose handshake failed never becomes active, so only its closing can be waited for. */
    private void closed() {
        TlsFailure own = contexts.failure(channel, null);
        TlsFailure why = own == null && closing != null ? TlsFailure.of(closing, here) : own;
        if (why != null) {
            events.refused(why);
        }
        events.down(closing == null ? null : reason(closing));
    }

    /** Null when the other end gave none. */
    private static String reason(QuicConnectionCloseEvent event) {
        try {
            byte[] words = event.reason();
            return words.length == 0 ? null : new String(words, StandardCharsets.UTF_8);
        } catch (NullPointerException e) {
            return null; // Netty 4.2.18 copies a reason that it may not have, and offers no way to ask first
        }
    }

    void read() {
        lastRead = System.nanoTime();
    }

    @Override
    public void send(Frame frame) {
        if (loop().inEventLoop()) {
            sendNow(frame);
        } else if (!loop().isShuttingDown()) {
            loop().execute(() -> sendNow(frame));
        }
    }

    private void sendNow(Frame frame) {
        streams.send(frame);
        lastWrite = System.nanoTime();
    }

    @Override
    public void ask(long exchange, Flight flight) {
        if (!streams.ask(channel, exchange, flight.stream())) {
            events.streamEnded(exchange);
            return;
        }
        flight.packets().forEach(this::offer);
        lastWrite = System.nanoTime();
    }

    /** QUIC puts the datagrams of one flush into one packet; one that its queue does not take is lost, and the edge will say so. */
    @Override
    public void offer(List<Frame> packet) {
        packet.forEach(each -> channel.write(Unpooled.wrappedBuffer(each.toBytes())));
        channel.flush();
        lastWrite = System.nanoTime();
    }

    @Override
    public void expect(long exchange) {
        streams.expect(channel, exchange);
    }

    @Override
    public boolean writable(long exchange) {
        return streams.writable(exchange);
    }

    @Override
    public void open(LinkLimits limits) {
        rules = FrameRules.open(here.other(), limits);
        inFlight = limits.inFlight();
    }

    @Override
    public void finish(long exchange) {
        streams.finish(exchange);
    }

    @Override
    public void close(String reason) {
        loop().schedule(() -> {
            byte[] utf8 = reason.getBytes(StandardCharsets.UTF_8);
            ByteBuf words = Unpooled.wrappedBuffer(utf8, 0, Math.min(utf8.length, MAX_REASON_BYTES));
            channel.close(true, 0, words);
        }, up ? LINGER_MILLIS : 0, TimeUnit.MILLISECONDS);
    }

    @Override
    public Transport transport() {
        return Transport.QUIC;
    }

    @Override
    public EventLoop loop() {
        return channel.eventLoop();
    }

    @Override
    public SocketAddress remote() {
        SocketAddress now = channel.remoteSocketAddress();
        return now == null ? remote : now;
    }

    @Override
    public boolean active() {
        return channel.isActive();
    }

    @Override
    public void gone(Runnable task) {
        Channel last = here == End.DEVICE ? channel.parent() : channel; // a device's socket has no other user
        last.closeFuture().addListener(closed -> task.run());
    }

    @Override
    public int datagramBytes() {
        return path.datagramBytes();
    }

    @Override
    public void measure(Consumer<PathSample> taker) {
        path.measure(channel, taker);
    }

    @Override
    public long lastReadNanos() {
        // packets may come while a stream waits for a lost one: as long as they do, the other end lives
        return counter == null ? lastRead : counter.lastReadNanos();
    }

    @Override
    public long lastWriteNanos() {
        return lastWrite;
    }

    @Override
    public long queuedBytes() {
        return streams.queuedBytes();
    }
}
