package dev.tandem.transport.wire;

import dev.tandem.transport.frame.End;
import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.FrameRules;
import dev.tandem.transport.frame.LinkLimits;
import dev.tandem.transport.session.Flight;
import dev.tandem.transport.session.Transport;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.quic.QuicChannel;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One QUIC connection as a {@link Wire}. Stream 0 is the control stream, each exchange has a stream of its own, slices
 * travel in datagrams (docs/wire.md, section 6). All channels of a connection share one event loop. What is written is
 * released by Netty.
 */
final class QuicWire implements Wire {
    /** After a close something written just before gets this long to leave the socket. */
    private static final int LINGER_MILLIS = 20;
    private static final int MAX_REASON_BYTES = 512;

    private final QuicChannel channel;
    private final End here;
    private final WireCounter counter;
    private final QuicStreams streams;
    private final QuicPath path = new QuicPath();
    private final WireEvents events;
    private FrameRules rules;
    private ByteShare share = ByteShare.unlimited();
    private int inFlight = 1;
    private SocketAddress remote;
    private boolean up;
    private long lastRead = System.nanoTime();
    private long lastWrite = lastRead;

    /** {@code counter} stands next to a socket that only this connection uses; null where many share one. */
    QuicWire(QuicChannel channel, End here, WireCounter counter, Function<Wire, WireEvents> maker) {
        this.channel = channel;
        this.here = here;
        this.counter = counter;
        this.streams = new QuicStreams(this, here);
        this.rules = FrameRules.opening(here.other());
        this.events = maker.apply(this);
    }

    QuicChannel channel() {
        return channel;
    }

    WireEvents events() {
        return events;
    }

    FrameRules rules() {
        return rules;
    }

    ByteShare share() {
        return share;
    }

    QuicStreams streams() {
        return streams;
    }

    QuicPath path() {
        return path;
    }

    /** Exchanges that the device may have in flight; 1 before the hello. */
    int inFlight() {
        return inFlight;
    }

    /** The handshake is done, so there is an address to remember. */
    void reached() {
        remote = channel.remoteSocketAddress();
    }

    /** Frames may be sent. */
    void up() {
        up = true;
    }

    boolean isUp() {
        return up;
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

    /**
     * QUIC puts the datagrams of one flush into one packet; one that its queue does not take is lost, and the edge will
     * say so.
     */
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
    public long queuedBytes(long exchange) {
        return streams.queuedBytes(exchange);
    }

    @Override
    public void open(LinkLimits limits) {
        rules = FrameRules.open(here.other(), limits);
        inFlight = limits.inFlight();
    }

    @Override
    public void charge(ByteShare payer) {
        share = payer;
    }

    @Override
    public long pausedNanos() {
        return streams.gate().pausedNanos();
    }

    @Override
    public void deaf() {
        streams.deaf();
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
        return counter == null ? streams.gate().lastReadNanos(lastRead) : counter.lastReadNanos();
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
