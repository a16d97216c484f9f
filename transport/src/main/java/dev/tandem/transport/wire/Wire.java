package dev.tandem.transport.wire;

import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.LinkLimits;
import dev.tandem.transport.session.Flight;
import dev.tandem.transport.session.LinkState;
import dev.tandem.transport.session.Transport;
import io.netty.channel.EventLoop;
import java.net.SocketAddress;
import java.util.List;
import java.util.function.Consumer;

/**
 * What carries the frames of one connection: a TCP channel, or the streams and datagrams of a QUIC connection
 * (docs/wire.md, section 6). Tells its {@link WireEvents} on its event loop. What says "loop" is called there only; the
 * rest on any thread.
 */
public interface Wire {
    Transport transport();

    EventLoop loop();

    SocketAddress remote();

    boolean active();

    /** Writes and flushes. A frame of an exchange whose stream has ended is dropped. */
    void send(Frame frame);

    /** Loop. Opens an exchange: the ASK and its slices, each the way that the flight says. */
    void ask(long exchange, Flight flight);

    /** Loop. Frames in a packet, where it takes them all, that may be lost. */
    void offer(List<Frame> packet);

    /** Loop. A copy of its ASK has opened an exchange whose stream has not come. */
    void expect(long exchange);

    /** Whether parts of this exchange would be sent rather than pile up. */
    boolean writable(long exchange);

    /** Loop. Bytes of this exchange, or of all where they share a stream, that wait to be sent. */
    long queuedBytes(long exchange);

    /** Loop. The hello is done: other frames from now on. */
    void open(LinkLimits limits);

    /** Loop. Who pays for what is read and written from now on; before: nobody. */
    void charge(ByteShare share);

    /** Loop. How long nothing has been read, as the other end does not take what it was answered; 0: it is read. */
    long pausedNanos();

    /** Loop. Reads nothing any more: the connection is being ended, and only what was said still leaves. */
    void deaf();

    /** Loop. This end is done with the exchange. */
    void finish(long exchange);

    /** Closes after what was sent; {@code reason} is for the other end, where the wire can carry one. */
    void close(String reason);

    /** Runs a task on the loop once the wire, its sockets included, has closed. */
    void gone(Runnable task);

    /** Largest frame that a datagram takes now, in bytes; 0: this wire has none and loses nothing. */
    int datagramBytes();

    /**
     * Loop. {@link System#nanoTime()} of the last byte read from and written to the other end; a pause in reading
     * counts as read.
     */
    long lastReadNanos();

    long lastWriteNanos();

    /**
     * Loop. What the wire knows of its path, given to {@code taker} on the loop, now or soon; not at all when it knows
     * nothing. Packets are counted since the connection began.
     */
    void measure(Consumer<PathSample> taker);

    /**
     * @param rttNanos smoothed round trip; 0 unknown
     * @param bytesPerSecond delivery rate; 0 unknown
     * @param sentPackets packets sent so far
     * @param lostPackets of them lost
     */
    record PathSample(long rttNanos, long bytesPerSecond, long sentPackets, long lostPackets) {
        /** The link over the whole life of its connection. */
        public LinkState state(Wire wire) {
            return new LinkState(rttNanos, bytesPerSecond, sentPackets == 0 ? 0 : (double) lostPackets / sentPackets,
                    wire.queuedBytes(), wire.datagramBytes(), wire.transport().name());
        }
    }

    /** Bytes handed to the wire that wait to be sent, as far as it knows. */
    long queuedBytes();
}
