package dev.tandem.transport.edge;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.frame.End;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.wire.TcpWire;
import dev.tandem.transport.wire.WireCounter;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

/**
 * Whatever a device sends, the edge ends it with a typed error or goes on: no other exception, no buffer left, no
 * exchange without an end, and what was counted is what was said. A case is one thing that a device sends: a frame, a
 * part of one, or none at all; a connection has up to 24 of them.
 *
 * <p>{@code -Dtandem.fuzz.cases=10000000} for more of them; {@code -Dtandem.fuzz.first=N -Dtandem.fuzz.cases=1} for the
 * connection that failed.
 */
class EdgeFuzzTest {
    private static final int CASES = Integer.getInteger("tandem.fuzz.cases", 200_000);
    private static final int FIRST = Integer.getInteger("tandem.fuzz.first", 0);
    private static final int MOST_FRAMES = 24;
    private static final long[] PAUSES_MILLIS = {30, 60, 1_100, 21_000, 61_000};
    private static final Set<ErrorCode> REACHED = EnumSet.of(ErrorCode.MALFORMED_FRAME, ErrorCode.UNEXPECTED_FRAME,
            ErrorCode.UNSUPPORTED_VERSION, ErrorCode.PACK_MISMATCH, ErrorCode.SECTION_MISMATCH,
            ErrorCode.HANDSHAKE_TIMEOUT, ErrorCode.TASK_TOO_LARGE, ErrorCode.TOO_MANY_SLICES,
            ErrorCode.DUPLICATE_SLICE, ErrorCode.EXCHANGE_TOO_LARGE, ErrorCode.TOO_MANY_EXCHANGES, ErrorCode.OVERLOADED,
            ErrorCode.UNKNOWN_OPERATING_POINT, ErrorCode.ANSWER_FAILED, ErrorCode.DEADLINE_EXCEEDED,
            ErrorCode.CANCELLED, ErrorCode.PEER_CLOSED);

    private final FuzzEdge fuzz = new FuzzEdge();
    private long cases;
    private long asked;
    private long answered;

    @Test
    void endsWhateverComesInAStream() {
        all("stream", this::stream);
    }

    @Test
    void endsWhateverComesInStreamsAndDatagrams() {
        all("streams and datagrams", this::datagrams);
        assertTrue(fuzz.edge.counters().badDatagrams() > 0);
    }

    private void all(String what, LongConsumer one) {
        long start = System.nanoTime();
        long connections = 0;
        for (int i = FIRST; cases < CASES; i++, connections++) {
            try {
                one.accept(i);
                fuzz.checkEnded();
            } catch (Throwable problem) {
                throw new AssertionError(what + ": connection [" + i + "] failed; again: -Dtandem.fuzz.first=" + i
                        + " -Dtandem.fuzz.cases=1", problem);
            }
        }
        System.out.printf(
                "fuzz, %s: %d cases in %d connections, %.0f s; %d asked, %d answered, %d bytes of buffers at most, ends %s%n",
                what, cases, connections, (System.nanoTime() - start) / 1e9, asked, answered, fuzz.buffers.peak(),
                fuzz.said.entrySet().stream().filter(each -> each.getValue() > 0).toList());
        if (CASES >= 100_000) {
            assertTrue(answered > connections / 10, "so hostile that hardly anything is reached: " + answered);
            for (ErrorCode each : REACHED) {
                assertTrue(fuzz.said.get(each) > 0, "never reached: " + each);
            }
        }
    }

    private void stream(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        WireCounter counter = new WireCounter();
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.config().setAllocator(fuzz.buffers);
        channel.freezeTime();
        FuzzLedger[] ledger = new FuzzLedger[1];
        channel.pipeline().addLast(counter);
        new TcpWire(End.DEVICE, counter, null, made -> ledger[0] = new FuzzLedger(fuzz,
                new EdgeConnection(fuzz.edge, made, () -> {
                }), () -> listen(channel, ledger[0]))).addTo(channel.pipeline());
        for (byte[] piece : pieces(random)) {
            if (!channel.isOpen()) {
                break;
            }
            channel.writeInbound(fuzz.buffers.buffer(piece.length).writeBytes(piece));
            between(random, channel);
            listen(channel, ledger[0]);
        }
        channel.close();
        channel.runPendingTasks();
        channel.checkException();
        listen(channel, ledger[0]);
        asked += ledger[0].asked;
        answered += ledger[0].answered;
    }

    private static void listen(EmbeddedChannel channel, FuzzLedger ledger) {
        for (ByteBuf said; (said = channel.readOutbound()) != null;) {
            byte[] bytes = new byte[said.readableBytes()];
            said.readBytes(bytes).release();
            ledger.said(bytes);
        }
    }

    /**
     * A script's bytes as they come: a frame at once, a byte at once, all at once, or cut anywhere; now and then the
     * end is missing.
     */
    private List<byte[]> pieces(SplittableRandom random) {
        FuzzFrames frames = new FuzzFrames(random, FuzzEdge.LIMITS);
        int way = random.nextInt(64);
        List<byte[]> pieces = new ArrayList<>();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = random.nextInt(MOST_FRAMES); i >= 0; i--) {
            byte[] frame = pieces.isEmpty() && all.size() == 0 ? frames.opening() : frames.next();
            if (way < 24) {
                pieces.add(frame);
            } else {
                all.writeBytes(frame);
            }
        }
        cases += frames.made();
        int longest = way < 44 ? 1 << 20 : way == 44 ? 1 : 400;
        byte[] bytes = all.toByteArray();
        int end = random.nextInt(4) == 0 ? random.nextInt(bytes.length + 1) : bytes.length;
        for (int at = 0; at < end;) {
            int size = Math.min(end - at, 1 + random.nextInt(longest));
            pieces.add(Arrays.copyOfRange(bytes, at, at + size));
            at += size;
        }
        return pieces;
    }

    /** Answers come and time passes, or not. */
    private void between(SplittableRandom random, EmbeddedChannel channel) {
        if (random.nextInt(3) == 0) {
            fuzz.answerOne();
        }
        if (random.nextInt(20) == 0) {
            channel.advanceTimeBy(PAUSES_MILLIS[random.nextInt(PAUSES_MILLIS.length)], TimeUnit.MILLISECONDS);
            channel.runScheduledPendingTasks();
        }
        channel.runPendingTasks();
    }

    private void datagrams(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        FuzzFrames frames = new FuzzFrames(random, FuzzEdge.LIMITS);
        EmbeddedChannel loop = new EmbeddedChannel();
        loop.freezeTime();
        FuzzWire wire = new FuzzWire(fuzz, loop);
        byte[] opening = frames.opening();
        if (opening.length > 0) {
            wire.stream(opening);
        }
        for (int i = random.nextInt(MOST_FRAMES); i >= 0 && wire.active(); i--) {
            switch (random.nextInt(40)) {
                case 0 -> wire.ledger().streamEnded(wire.ledger().highest);
                case 1 -> wire.ledger().moved();
                default -> {
                    byte[] next = frames.next();
                    if (random.nextBoolean()) {
                        wire.datagram(frames.slice().toBytes());
                    }
                    if (random.nextInt(8) == 0) {
                        wire.datagram(next);
                    } else {
                        wire.stream(next);
                    }
                }
            }
            between(random, loop);
        }
        cases += frames.made();
        wire.close("the device has gone");
        loop.runPendingTasks();
        loop.checkException();
        loop.close();
        asked += wire.ledger().asked;
        answered += wire.ledger().answered;
    }
}
