package dev.tandem.transport.device;

import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.FrameType;
import dev.tandem.transport.frame.LinkLimits;
import dev.tandem.transport.frame.LinkReport;
import dev.tandem.transport.session.Doubt;
import dev.tandem.transport.session.KeepAlive;
import dev.tandem.transport.session.LinkEstimate;
import dev.tandem.transport.session.LinkState;
import dev.tandem.transport.session.PeerException;
import dev.tandem.transport.wire.Wire;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The device's eye on its connection: pings, notices a dead edge, estimates the link. Loop only, except where said. */
final class LinkWatch {
    private static final long PING_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long FLOOR_BYTES_PER_SECOND = 8_000;
    private static final long BUSY_MILLIS = 100;

    private record Ping(long sentNanos, CompletableFuture<Duration> answer) {}

    private final DeviceConnection connection;
    private final Wire wire;
    private final LinkEstimate estimate;
    private final Doubt doubt = new Doubt();
    private final Queue<Ping> pings = new ArrayDeque<>();
    private volatile LinkState state;
    private volatile LinkReport report = LinkReport.NONE;
    private KeepAlive keepAlive;
    private ScheduledFuture<?> timer;
    private boolean busy;
    private long pingRttNanos;
    private long readAtLastSend;
    private long unconfirmedBytes;
    private PeerException stopped;

    LinkWatch(DeviceConnection connection, Wire wire) {
        this.connection = connection;
        this.wire = wire;
        this.estimate = new LinkEstimate(wire.transport().name());
        this.state = new LinkState(0, 0, 0, 0, 0, wire.transport().name());
    }

    void open(LinkLimits limits) {
        keepAlive = new KeepAlive(Math.min(PING_NANOS, limits.idle().toNanos() / 3), limits.idle().toNanos(),
                FLOOR_BYTES_PER_SECOND);
        measure();
        look();
    }

    /** What is known of the link. Any thread. */
    LinkState state() {
        return state;
    }

    /** What the edge said last about our slices. Any thread. */
    LinkReport report() {
        return report;
    }

    void report(LinkReport fresh) {
        report = fresh;
    }

    private void look() {
        if (stopped != null) {
            return;
        }
        long now = System.nanoTime();
        if (wire.lastReadNanos() - readAtLastSend > 0) {
            unconfirmedBytes = 0; // the edge has spoken since the last upload
        }
        KeepAlive.Verdict verdict = keepAlive.check(now, wire.lastReadNanos(), wire.lastWriteNanos(), unconfirmedBytes);
        switch (verdict.kind()) {
            case DEAD -> {
                connection.end(ErrorCode.IDLE, "nothing came from the edge for ["
                        + TimeUnit.NANOSECONDS.toMillis(now - wire.lastReadNanos()) + "] ms, it is gone or unreachable",
                        null);
                return;
            }
            case PING -> {
                ping(new CompletableFuture<>());
                measure();
            }
            case WAIT -> {
            }
        }
        timer = wire.loop().schedule(this::look, Math.max(verdict.waitNanos(), TimeUnit.MILLISECONDS.toNanos(10)),
                TimeUnit.NANOSECONDS);
    }

    /** An exchange of so many bytes is under way: silence is allowed for them, and the link is looked at more often. */
    void busy(long bytes) {
        readAtLastSend = wire.lastReadNanos();
        doubt.sent(System.nanoTime(), readAtLastSend);
        unconfirmedBytes += bytes;
        if (!busy) {
            busy = true;
            wire.loop().schedule(this::busyLook, BUSY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void busyLook() {
        busy = false;
        if (stopped == null) {
            measure();
            if (!connection.exchanges().isEmpty()) {
                if (doubtful()) {
                    connection.doubt();
                }
                busy = true;
                wire.loop().schedule(this::busyLook, BUSY_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
    }

    /** Whether the edge has been silent for longer than acknowledgements take; over TCP they cannot be seen. */
    boolean doubtful() {
        return wire.datagramBytes() > 0 && doubt.doubtful(System.nanoTime(), wire.lastReadNanos(), state.rttNanos());
    }

    private void measure() {
        wire.measure(path -> update(path.rttNanos(), path.bytesPerSecond(), path.sentPackets(), path.lostPackets()));
    }

    private void update(long rttNanos, long bytesPerSecond, long sent, long lost) {
        state = estimate.update(System.nanoTime(), rttNanos, bytesPerSecond, sent, lost, wire.queuedBytes(),
                wire.datagramBytes());
    }

    void ping(CompletableFuture<Duration> answer) {
        if (stopped != null) {
            answer.completeExceptionally(stopped);
            return;
        }
        long now = System.nanoTime();
        pings.add(new Ping(now, answer));
        wire.send(Frame.of(FrameType.PING, 0, ByteBuffer.allocate(Long.BYTES).putLong(now).array()));
    }

    void pong(Frame frame) {
        long sent = ByteBuffer.wrap(frame.payload()).getLong();
        Ping ping = pings.poll();
        while (ping != null && ping.sentNanos() != sent) {
            ping.answer().completeExceptionally(new PeerException(connection.remote(), 0, ErrorCode.PEER_CLOSED,
                    "its answer was lost when this device changed its address", null));
            ping = pings.poll();
        }
        if (ping == null) {
            return; // came on an old path, after a later one
        }
        pingRttNanos = System.nanoTime() - ping.sentNanos();
        if (wire.datagramBytes() == 0) {
            update(pingRttNanos, 0, 0, 0);
        }
        ping.answer().complete(Duration.ofNanos(pingRttNanos));
    }

    void stop(PeerException why) {
        stopped = why;
        if (timer != null) {
            timer.cancel(false);
        }
        for (Ping ping; (ping = pings.poll()) != null;) {
            ping.answer().completeExceptionally(why);
        }
    }
}
