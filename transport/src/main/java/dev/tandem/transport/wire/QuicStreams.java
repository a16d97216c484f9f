package dev.tandem.transport.wire;

import dev.tandem.transport.frame.End;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.FrameException;
import dev.tandem.transport.frame.FrameType;
import dev.tandem.transport.session.SentFrames;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamType;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The streams of one QUIC connection: stream 0 for control, one for each exchange, and after a migration others in
 * their place (docs/wire.md, section 6). Loop only, except where said.
 */
public final class QuicStreams {
    /** Streams of exchanges that have ended here but whose end the device has not read count too. */
    private static final int MOST_TIMES_IN_FLIGHT = 8;
    /** Those that the edge opens and the device does not read: as many as a device lets it open (docs/wire.md). */
    private static final int MOST_OUTGOING = 4_096;
    /** What a stream takes besides its bytes: channel, handlers, tables. */
    private static final int STREAM_BYTES = 2 << 10;

    private final QuicWire wire;
    private final End here;
    private final Map<Long, QuicStreamChannel> open = new ConcurrentHashMap<>();
    private final SentFrames sent = new SentFrames();
    private final Map<Long, List<QuicStreamChannel>> repeats = new HashMap<>();
    private volatile QuicStreamChannel control;
    private final ReadGate gate = new ReadGate(this::turned);
    /** Of the exchanges' streams: each looks at it when something comes. */
    private final ReadGate end = new ReadGate(() -> {
    });
    private QuicStreamChannel asking;
    private int incoming;
    private int outgoing;
    private long kept;

    QuicStreams(QuicWire wire, End here) {
        this.wire = wire;
        this.here = here;
    }

    /** Shut while what the edge says to the connection's frames waits. */
    ReadGate gate() {
        return gate;
    }

    /** Shut once the connection is being ended. */
    ReadGate end() {
        return end;
    }

    /** Reads nothing any more. */
    void deaf() {
        gate.end();
        end.end();
    }

    private void turned() {
        if (asking != null) {
            ReadGate.turned(asking);
        }
    }

    /** The device's first stream, with HELLO in it soon. */
    void openControl(QuicChannel channel, Runnable up, Consumer<Throwable> failed) {
        channel.createStream(QuicStreamType.BIDIRECTIONAL, new QuicStream.Initializer(wire)).addListener(made -> {
            if (made.isSuccess()) {
                control = (QuicStreamChannel) made.getNow();
                up.run();
            } else {
                failed.accept(made.cause());
            }
        });
    }

    /**
     * A stream of the device for an exchange, with these frames, each group of them in a flush; false when QUIC allows
     * none.
     */
    boolean ask(QuicChannel channel, long exchange, List<List<Frame>> groups) {
        Future<QuicStreamChannel> made = channel.createStream(QuicStreamType.BIDIRECTIONAL,
                new QuicStream.Initializer(wire, exchange));
        if (!made.isSuccess()) {
            return false; // on the loop a stream is there at once or not at all
        }
        open.put(exchange, made.getNow());
        for (List<Frame> group : groups) {
            made.getNow()
                    .writeAndFlush(Unpooled.wrappedBuffer(group.stream().map(Frame::toBytes).toArray(byte[][]::new)));
        }
        return true;
    }

    /** A stream of the other end begins; the first is the control stream. */
    void begins(QuicStreamChannel stream) {
        if (here == End.DEVICE) {
            return; // the edge's streams after a migration: QUIC's limit bounds them
        }
        incoming++;
        ByteShare share = wire.share();
        share.owe(STREAM_BYTES);
        stream.closeFuture().addListener(closed -> {
            incoming--;
            share.give(STREAM_BYTES);
        });
        if (incoming > MOST_TIMES_IN_FLIGHT * wire.inFlight() + 1) {
            throw new FrameException(ErrorCode.UNEXPECTED_FRAME, "stream [" + stream.streamId() + "], with ["
                    + (incoming - 1) + "] open already; needed at most " + MOST_TIMES_IN_FLIGHT
                    + " times the exchanges in flight");
        }
        if (stream.streamId() == 0) {
            control = stream;
            asking = stream;
        } else if (!wire.rules().open()) {
            throw new FrameException(ErrorCode.UNEXPECTED_FRAME, "stream [" + stream.streamId() + "] before the hello");
        }
    }

    /** A copy of its ASK has opened an exchange: the edge speaks in a stream of its own, as after a migration. */
    void expect(QuicChannel channel, long exchange) {
        sent.begin(exchange);
        goOn(channel, exchange);
    }

    /** The ASK has said which exchange a stream belongs to. */
    void belongs(long exchange, QuicStreamChannel stream) {
        if (!sent.keeps(exchange)) {
            sent.begin(exchange);
            open.putIfAbsent(exchange, stream);
        }
    }

    /** A frame came in a stream that the edge opened after a migration: when its exchange ends, so may the stream. */
    void repeated(long exchange, QuicStreamChannel stream) {
        List<QuicStreamChannel> all = repeats.computeIfAbsent(exchange, id -> new ArrayList<>());
        if (!all.contains(stream)) {
            if (exchange == 0) {
                all.forEach(QuicStreamChannel::shutdownInput); // the control frames have moved on to this one
                all.clear();
            }
            all.add(stream);
        }
    }

    /** The other end finished or reset a stream: it has read the answer, or wants none. */
    void ended(long exchange, QuicStreamChannel stream) {
        sent.forget(exchange);
        settle();
        if (open.get(exchange) == stream) {
            wire.events().streamEnded(exchange);
        }
    }

    /**
     * The device has a new address. QUIC repairs on the new path what it sends there, but what was on its way on the
     * old one it repairs late or never; so control frames and each exchange's frames from the first on go on in new
     * streams.
     */
    void moved(QuicChannel channel) {
        goOn(channel, 0);
        sent.exchanges().forEach(exchange -> goOn(channel, exchange));
    }

    private void goOn(QuicChannel channel, long exchange) {
        if (outgoing >= MOST_OUTGOING) {
            return; // as where the device takes no more
        }
        channel.createStream(QuicStreamType.UNIDIRECTIONAL, new QuicStream.Initializer(wire, exchange))
                .addListener(made -> {
                    if (!made.isSuccess()) {
                        return; // the device takes no more streams: what is stuck ends at its deadline
                    }
                    QuicStreamChannel stream = (QuicStreamChannel) made.getNow();
                    opened(stream);
                    if (exchange == 0) {
                        control = stream;
                        wire.events().moved();
                    } else {
                        if (open.replace(exchange, stream) == null && sent.of(exchange).isEmpty()) {
                            open.put(exchange, stream); // an exchange that has ended here only says it again
                        }
                        sent.of(exchange).forEach(frame -> write(stream, frame));
                    }
                });
    }

    private void opened(QuicStreamChannel stream) {
        outgoing++;
        ByteShare share = wire.share();
        share.owe(STREAM_BYTES);
        stream.closeFuture().addListener(closed -> {
            outgoing--;
            share.give(STREAM_BYTES);
        });
    }

    /** Keeps what an exchange says, as long as its device has room: else it is not said again after a move. */
    private void keep(Frame frame) {
        if (here == End.DEVICE) {
            return;
        }
        sent.add(frame);
        long more = sent.bytes() - kept;
        if (more > 0 && !wire.share().take(more)) {
            wire.share().owe(more);
            sent.forget(frame.exchange());
        }
        kept += Math.max(0, more);
        settle();
    }

    private void settle() {
        wire.share().give(kept - sent.bytes());
        kept = sent.bytes();
    }

    /** The connection has ended. */
    void closed() {
        sent.clear();
        settle();
    }

    /** Writes and flushes in the frame's own stream; an exchange without one has ended, and the frame is dropped. */
    void send(Frame frame) {
        QuicStreamChannel stream = frame.exchange() == 0 ? control : open.get(frame.exchange());
        keep(frame);
        if (stream != null) {
            write(stream, frame);
        }
    }

    private static void write(QuicStreamChannel stream, Frame frame) {
        ChannelFuture written = stream.writeAndFlush(frame);
        if (frame.exchange() != 0 && ends(frame)) {
            written.addListener(QuicStreamChannel.SHUTDOWN_OUTPUT);
        }
    }

    private static boolean ends(Frame frame) {
        return frame.type() == FrameType.DONE || frame.type() == FrameType.ERROR;
    }

    /** Any thread. Whether parts of this exchange would be sent rather than pile up. */
    boolean writable(long exchange) {
        QuicStreamChannel stream = open.get(exchange);
        return stream == null || stream.isWritable();
    }

    /** This end is done with the exchange. */
    void finish(long exchange) {
        QuicStreamChannel stream = open.remove(exchange);
        if (stream != null && here == End.DEVICE) {
            stream.shutdownOutput();
            stream.shutdownInput();
            List<QuicStreamChannel> moved = repeats.remove(exchange);
            if (moved != null) {
                moved.forEach(QuicStreamChannel::shutdownInput);
            }
        }
    }

    /** Any thread. Bytes that wait in the streams. */
    long queuedBytes() {
        return open.values().stream().mapToLong(QuicStreams::queuedBytes).sum();
    }

    /** Bytes that wait in this exchange's stream. */
    long queuedBytes(long exchange) {
        QuicStreamChannel stream = open.get(exchange);
        return stream == null ? 0 : queuedBytes(stream);
    }

    private static long queuedBytes(QuicStreamChannel stream) {
        return Math.max(0, stream.config().getWriteBufferHighWaterMark() - stream.bytesBeforeUnwritable());
    }
}
