package dev.tandem.transport.edge;

import dev.tandem.transport.frame.End;
import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.FrameException;
import dev.tandem.transport.frame.FrameRules;
import dev.tandem.transport.frame.FrameType;
import dev.tandem.transport.frame.LinkLimits;
import dev.tandem.transport.session.Flight;
import dev.tandem.transport.session.Transport;
import dev.tandem.transport.wire.ByteShare;
import dev.tandem.transport.wire.Wire;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;

/**
 * A wire with datagrams and without a socket: what the edge says goes to the ledger, what the device says comes as
 * bytes.
 */
public sealed class FuzzWire implements Wire permits HeardWire {
    private final EmbeddedChannel loop;
    private final FuzzLedger ledger;
    /** The edge's end of it. */
    final EdgeConnection connection;
    private FrameRules rules = FrameRules.opening(End.DEVICE);
    private boolean closed;
    /** Nothing more would be read. */
    boolean deaf;
    private long stuckBytes = -1;

    public FuzzWire(FuzzEdge fuzz, EmbeddedChannel loop) {
        this.loop = loop;
        this.connection = new EdgeConnection(fuzz.edge, this, () -> {
        });
        this.ledger = new FuzzLedger(fuzz, connection, () -> {
        });
        ledger.up(List.of());
    }

    /** The device takes nothing, and so many bytes wait below; -1: it takes everything. */
    void stuck(long bytes) {
        stuckSilently(bytes);
        if (bytes < 0) {
            ledger.writable();
        }
    }

    /** The same, and nobody is told. */
    void stuckSilently(long bytes) {
        stuckBytes = bytes;
    }

    public FuzzLedger ledger() {
        return ledger;
    }

    /** A frame in a stream. */
    public void stream(byte[] bytes) {
        try {
            ledger.frame(Frame.parse(ByteBuffer.wrap(bytes), rules));
        } catch (FrameException e) {
            ledger.broken(e);
        }
    }

    public void datagram(byte[] bytes) {
        try {
            Frame frame = Frame.parse(ByteBuffer.wrap(bytes), rules);
            if (frame.type() == FrameType.SLICE || frame.type() == FrameType.ASK) {
                ledger.datagram(frame);
            } else {
                ledger.badDatagram(FrameException.malformed("datagram", frame.type(), "SLICE or ASK"));
            }
        } catch (FrameException e) {
            ledger.badDatagram(e);
        }
    }

    @Override
    public void send(Frame frame) {
        ledger.said(frame.toBytes());
    }

    @Override
    public void open(LinkLimits limits) {
        rules = FrameRules.open(End.DEVICE, limits);
    }

    @Override
    public void close(String reason) {
        if (!closed) {
            closed = true;
            ledger.down(reason);
        }
    }

    @Override
    public boolean active() {
        return !closed;
    }

    @Override
    public Transport transport() {
        return Transport.QUIC;
    }

    @Override
    public EventLoop loop() {
        return loop.eventLoop();
    }

    @Override
    public SocketAddress remote() {
        return new InetSocketAddress(0);
    }

    @Override
    public int datagramBytes() {
        return 1_156;
    }

    @Override
    public boolean writable(long exchange) {
        return stuckBytes < 0;
    }

    @Override
    public long queuedBytes(long exchange) {
        return Math.max(0, stuckBytes);
    }

    @Override
    public void deaf() {
        deaf = true;
    }

    @Override
    public void finish(long exchange) {
        // no streams here
    }

    @Override
    public void charge(ByteShare payer) {
        // nothing is kept here
    }

    @Override
    public long pausedNanos() {
        return 0;
    }

    @Override
    public void ask(long exchange, Flight flight) {
        throw new IllegalStateException("an edge does not ask");
    }

    @Override
    public void offer(List<Frame> packet) {
        throw new IllegalStateException("an edge offers no slices");
    }

    @Override
    public void expect(long exchange) {
        // no streams here
    }

    @Override
    public void gone(Runnable task) {
        throw new IllegalStateException("an edge does not wait for that");
    }

    @Override
    public void measure(Consumer<PathSample> taker) {
        // nothing to measure
    }

    @Override
    public long lastReadNanos() {
        return System.nanoTime();
    }

    @Override
    public long lastWriteNanos() {
        return System.nanoTime();
    }

    @Override
    public long queuedBytes() {
        return 0;
    }
}
