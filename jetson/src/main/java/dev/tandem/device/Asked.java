package dev.tandem.device;

import dev.tandem.method.Look;
import dev.tandem.method.Point;
import java.time.Duration;
import java.util.Map;

/**
 * A request on its way: what was asked, when, and what of the answer has come.
 *
 * @param point the request's, or the pack's default
 * @param start {@link System#nanoTime()} of the call
 */
record Asked(DeviceRequest request, Point point, long start, PartsTaken taken) {
    private static final Duration LEAST = Duration.ofMillis(1);

    /** What is left of the deadline, at least a millisecond; zero where none was set. */
    Duration left() {
        Duration deadline = request.deadline();
        if (deadline.isZero()) {
            return deadline;
        }
        Duration left = deadline.minusNanos(System.nanoTime() - start);
        return left.compareTo(LEAST) < 0 ? LEAST : left;
    }

    /**
     * The whole answer, now that it is there.
     *
     * @param look null for a task without a picture
     * @param looked {@link System#nanoTime()} when looking was over
     */
    DeviceAnswer answer(MadeBy madeBy, Look look, Uplink.Reply reply, long looked) {
        int slices = look instanceof Look.Send send ? send.slices().size() : 0;
        int bytes = look instanceof Look.Send send ? send.bytes() : 0;
        return new DeviceAnswer(madeBy, taken.parts(), look == null ? "" : point.name(), slices, bytes,
                reply.frameBytes(), reply.wire(), look == null ? Map.of() : look.stageNanos(), reply.summary(),
                looked - start, taken.firstAfter(start), System.nanoTime() - start, look, reply.received());
    }
}
