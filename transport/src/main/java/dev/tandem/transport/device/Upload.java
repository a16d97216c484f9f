package dev.tandem.transport.device;

import dev.tandem.transport.frame.Ask;
import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.FrameException;
import dev.tandem.transport.frame.FrameType;
import dev.tandem.transport.frame.Need;
import dev.tandem.transport.frame.Received;
import dev.tandem.transport.session.Flight;
import dev.tandem.transport.session.LinkState;
import dev.tandem.transport.session.Repair;
import dev.tandem.transport.session.Silence;
import dev.tandem.transport.session.SlicePlan;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * What of one exchange goes up: the question and its slices, and what of them is offered again. Loop only, except the
 * counts.
 */
final class Upload {
    private final long id;
    private final AskRequest request;
    private final List<Frame> slices;
    private final int[] sliceBytes;
    private volatile long bytesSent;
    private volatile int offeredAgain;
    private volatile byte[] atEdge = {};
    private SlicePlan plan;
    private Repair repair;
    private Silence silence;
    private Frame copy;
    private long waitMillis;
    private int datagramBytes;
    private long deadlineNanos;
    private int deadlineMillis;

    Upload(long id, AskRequest request) {
        this.id = id;
        this.request = request;
        this.slices = IntStream.range(0, request.slices().size())
                .mapToObj(i -> Frame.slice(id, request.slices().get(i))).toList();
        this.sliceBytes = request.sliceBytes();
    }

    int[] sliceBytes() {
        return sliceBytes;
    }

    private Ask ask(long decodeWaitMillis) {
        return new Ask(request.pointId(), request.slices().size(), request.tiles(), request.need(), deadlineMillis,
                (int) Math.min(Integer.MAX_VALUE, decodeWaitMillis), request.pointName(), request.head(),
                request.task(), request.body());
    }

    /** All of it, to be handed to the wire now. {@code endNanos}: the exchange's deadline. */
    Flight depart(SlicePlan sendPlan, LinkState link, int largestDatagram, long now, long endNanos) {
        plan = sendPlan;
        datagramBytes = largestDatagram;
        deadlineNanos = endNanos;
        deadlineMillis = request.deadline().isZero() ? 0 : millisLeft(endNanos - now);
        waitMillis = DecodeWait.millis(request, plan, sliceBytes, link);
        long rate = DecodeWait.bytesPerSecond(link);
        repair = repair(now);
        long ahead = 0; // a thin link is busy with the slices before it: one that has not left is not missing
        for (Frame each : slices) {
            ahead += each.bytes();
            repair.offered(each.sequence(), now + ahead * TimeUnit.SECONDS.toNanos(1) / rate);
        }
        silence = new Silence(now, datagramBytes == 0 || request.need() == Need.ALL ? 0 : link.rttNanos(),
                link.loss());
        copy = ask(waitMillis).toFrame(id);
        Flight flight = Flight.of(copy, before -> later(1_000 * before / rate), slices, plan, datagramBytes,
                link.loss());
        count(flight.stream());
        count(flight.packets());
        return flight;
    }

    /** The ASK as it is so many milliseconds after the first. */
    private Frame later(long millis) {
        return ask(waitMillis == 0 ? 0 : Math.max(1, waitMillis - millis)).toFrame(id);
    }

    /** What is left when it is sent, rounded up; a time beyond the field counts as the edge's longest. */
    private static int millisLeft(long nanos) {
        return Math.clamp((nanos + 999_999) / 1_000_000, 1, Integer.MAX_VALUE);
    }

    private Repair repair(long now) {
        return waitMillis == 0
                ? Repair.always(slices.size())
                : Repair.until(slices.size(), request.need(), now + TimeUnit.MILLISECONDS.toNanos(waitMillis));
    }

    /** Slices that the edge misses and that may still be in time. */
    List<List<Frame>> again(Received received, long now, long rttNanos) {
        if (received.slices() != slices.size()) {
            throw FrameException.malformed("RECEIVED slices", received.slices(), "the announced " + slices.size());
        }
        atEdge = received.bitmap();
        List<List<Frame>> missing = IntStream.of(repair.again(received.bitmap(), now, rttNanos))
                .filter(index -> !plan.reliable(index)) // the stream brings it
                .peek(index -> repair.offered(index, now)).mapToObj(index -> List.of(slices.get(index))).toList();
        offeredAgain += missing.size();
        count(missing);
        return missing;
    }

    /** Nanoseconds until {@link #unheard} is worth calling; {@link Long#MAX_VALUE}: not any more. */
    long unheardInNanos(long now) {
        return silence.dueInNanos(now);
    }

    /** Everything again, when the edge is silent as if nothing had arrived; the decode wait begins anew with it. */
    List<List<Frame>> unheard(long now, long heardNanos) {
        if (!silence.offer(now, heardNanos, deadlineNanos - now)) {
            return List.of();
        }
        List<List<Frame>> packets = Flight.again(copy, slices, datagramBytes);
        repair = repair(now);
        for (List<Frame> packet : packets) {
            packet.stream().filter(each -> each.type() == FrameType.SLICE).forEach(each -> {
                repair.offered(each.sequence(), now);
                offeredAgain++;
            });
        }
        count(packets);
        return packets;
    }

    private void count(List<List<Frame>> packets) {
        bytesSent += packets.stream().flatMap(List::stream).mapToLong(Frame::bytes).sum();
    }

    /** Frame bytes sent so far. Any thread. */
    long bytesSent() {
        return bytesSent;
    }

    /** Any thread. */
    int offeredAgain() {
        return offeredAgain;
    }

    /** Slices that the edge said it has. Any thread; a copy. */
    BitSet received() {
        return BitSet.valueOf(atEdge);
    }
}
