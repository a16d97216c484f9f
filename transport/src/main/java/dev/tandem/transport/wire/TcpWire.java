package dev.tandem.transport.wire;

import dev.tandem.transport.frame.End;
import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.FrameRules;
import dev.tandem.transport.frame.LinkLimits;
import dev.tandem.transport.session.Flight;
import dev.tandem.transport.session.Transport;
import dev.tandem.transport.tls.PeerIdentity;
import dev.tandem.transport.tls.TlsContexts;
import dev.tandem.transport.tls.TlsFailure;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * One TCP channel as a {@link Wire}: the last handler of its pipeline. Frames own heap arrays, so nothing here is
 * reference counted.
 */
public final class TcpWire extends ChannelInboundHandlerAdapter implements Wire {
    private final End peer;
    private final WireCounter counter;
    private final TlsContexts contexts;
    private final Function<Wire, WireEvents> maker;
    private Channel channel;
    private WireEvents events;
    private FrameRules rules;
    private ByteShare share = ByteShare.unlimited();
    private ReadGate gate;

    /**
     * {@code maker} gets the wire when it has its channel, on the loop; {@code contexts} is null in a laboratory only.
     */
    public TcpWire(End peer, WireCounter counter, TlsContexts contexts, Function<Wire, WireEvents> maker) {
        this.peer = peer;
        this.counter = counter;
        this.contexts = contexts;
        this.maker = maker;
        this.rules = FrameRules.opening(peer);
    }

    /** Puts itself at the end of a channel's handlers, with what reads and writes frames before it. */
    public void addTo(ChannelPipeline pipeline) {
        Channel own = pipeline.channel();
        gate = new ReadGate(() -> ReadGate.turned(own));
        ReadGate guard = peer == End.DEVICE ? gate : null;
        pipeline.addLast(new FrameDecoder(() -> rules, () -> share, guard), new FrameEncoder(() -> share, guard), this);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channel = context.channel();
        events = maker.apply(this);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (context.pipeline().get(SslHandler.class) == null) {
            events.up(List.of());
        }
        context.fireChannelActive();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent tls) {
            if (tls.isSuccess()) {
                events.up(chain(context));
            } else {
                TlsFailure why = tls(context.channel(), tls.cause());
                events.refused(why == null ? TlsFailure.of(tls.cause(), peer.other()) : why);
            }
        }
        context.fireUserEventTriggered(event);
    }

    private TlsFailure tls(Channel here, Throwable seen) {
        return contexts == null ? null : contexts.failure(here, seen);
    }

    private static List<X509Certificate> chain(ChannelHandlerContext context) {
        try {
            return PeerIdentity.chain(context.pipeline().get(SslHandler.class).engine().getSession());
        } catch (SSLPeerUnverifiedException e) {
            throw new IllegalStateException("TLS finished without the other end's certificate", e);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        switch (message) {
            case Frame frame -> events.frame(frame);
            case FrameDecoder.Dropped dropped -> events.dropped(dropped.type(), dropped.exchange(), dropped.why());
            default -> context.fireChannelRead(message);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable thrown) {
        events.broken(thrown);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        events.writable();
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        events.down(null);
        context.fireChannelInactive();
    }

    @Override
    public Transport transport() {
        return Transport.TCP;
    }

    @Override
    public EventLoop loop() {
        return channel.eventLoop();
    }

    @Override
    public SocketAddress remote() {
        return channel.remoteAddress();
    }

    @Override
    public boolean active() {
        return channel.isActive();
    }

    @Override
    public void send(Frame frame) {
        channel.writeAndFlush(frame, channel.voidPromise());
    }

    @Override
    public void ask(long exchange, Flight flight) {
        flight.stream().stream().flatMap(List::stream).forEach(
                each -> channel.write(each).addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE));
        channel.flush();
    }

    @Override
    public void offer(List<Frame> packet) {
        throw new IllegalStateException("TCP loses nothing, yet " + packet.size() + " frames are offered again");
    }

    @Override
    public void expect(long exchange) {
        throw new IllegalStateException("TCP has no datagram, yet a copy opened exchange [" + exchange + "]");
    }

    @Override
    public boolean writable(long exchange) {
        return channel.isWritable();
    }

    @Override
    public long queuedBytes(long exchange) {
        return queuedBytes();
    }

    @Override
    public void open(LinkLimits limits) {
        rules = FrameRules.open(peer, limits);
    }

    @Override
    public void charge(ByteShare payer) {
        share = payer;
    }

    @Override
    public long pausedNanos() {
        return gate.pausedNanos();
    }

    @Override
    public void deaf() {
        gate.end();
    }

    @Override
    public void finish(long exchange) {
        // exchanges share the channel
    }

    @Override
    public void close(String reason) {
        channel.close();
    }

    @Override
    public void gone(Runnable task) {
        channel.closeFuture().addListener(closed -> task.run());
    }

    @Override
    public int datagramBytes() {
        return 0;
    }

    @Override
    public long lastReadNanos() {
        return gate.lastReadNanos(counter.lastReadNanos());
    }

    @Override
    public long lastWriteNanos() {
        return counter.lastWriteNanos();
    }

    @Override
    public void measure(Consumer<PathSample> taker) {
        // the kernel keeps this to itself; PONGs give the round trip
    }

    @Override
    public long queuedBytes() {
        ChannelOutboundBuffer out = channel.unsafe().outboundBuffer();
        return out == null ? 0 : out.totalPendingWriteBytes();
    }
}
