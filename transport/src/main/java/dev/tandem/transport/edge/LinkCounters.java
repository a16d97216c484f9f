package dev.tandem.transport.edge;

import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.session.Transport;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts how exchanges and connections ended on an edge. Thread safe; readings of several counters are not one moment.
 */
public final class LinkCounters {
    private final Map<ErrorCode, LongAdder> ended = new EnumMap<>(ErrorCode.class);
    private final LongAdder answered = new LongAdder();
    private final LongAdder lateFrames = new LongAdder();
    private final LongAdder moves = new LongAdder();
    private final LongAdder badDatagrams = new LongAdder();
    private final LongAdder pings = new LongAdder();
    private final LongAdder faults = new LongAdder();
    private final LongAdder open = new LongAdder();
    private final LongAdder announced = new LongAdder();
    private final LongAdder used = new LongAdder();
    private final Map<Slice, LongAdder> slices = new EnumMap<>(Slice.class);
    private final Map<Transport, LongAdder> connections = new EnumMap<>(Transport.class);

    /** What became of a slice at the edge: kept, after answering had begun, again, or not kept at all. */
    public enum Slice {
        RECEIVED, LATE, REPEATED, DROPPED
    }

    LinkCounters() {
        for (ErrorCode each : ErrorCode.values()) {
            ended.put(each, new LongAdder());
        }
        for (Slice each : Slice.values()) {
            slices.put(each, new LongAdder());
        }
        for (Transport each : Transport.values()) {
            connections.put(each, new LongAdder());
        }
    }

    void countEnd(ErrorCode code) {
        ended.get(code).increment();
    }

    /** An exchange has begun, for which so many slices were announced. */
    void countBegin(int slices) {
        open.increment();
        announced.add(slices);
    }

    /** Answering has begun with so many slices. */
    void countUsed(int slices) {
        used.add(slices);
    }

    /** An exchange that had begun has ended without an answer. */
    void countExchangeEnd(ErrorCode code) {
        open.decrement();
        countEnd(code);
    }

    void countAnswer() {
        open.decrement();
        answered.increment();
    }

    /** Exchanges that have begun and not ended. */
    public long open() {
        return open.sum();
    }

    /** Slices that the exchanges so far announced. */
    public long slicesAnnounced() {
        return announced.sum();
    }

    /** Slices that were here when answering began. */
    public long slicesUsed() {
        return used.sum();
    }

    void countLateFrame() {
        lateFrames.increment();
    }

    void countBadDatagram() {
        badDatagrams.increment();
    }

    void countMove() {
        moves.increment();
    }

    /** Times that a device's address changed and its connection went on. */
    public long moves() {
        return moves.sum();
    }

    void countSlice(Slice outcome) {
        slices.get(outcome).increment();
    }

    void countConnection(Transport transport) {
        connections.get(transport).increment();
    }

    /** Datagrams that were no SLICE or broke the rules, and were dropped. */
    public long badDatagrams() {
        return badDatagrams.sum();
    }

    void countPing() {
        pings.increment();
    }

    /** PINGs of devices. */
    public long pings() {
        return pings.sum();
    }

    void countFault() {
        faults.increment();
    }

    /** Times that the edge itself failed, out of memory or by a mistake, and went on with the rest. */
    public long faults() {
        return faults.sum();
    }

    /** Slices with this outcome. */
    public long slices(Slice outcome) {
        return slices.get(outcome).sum();
    }

    /** Connections that said hello over this transport. */
    public long connections(Transport transport) {
        return connections.get(transport).sum();
    }

    /** Exchanges that ended with DONE. */
    public long answered() {
        return answered.sum();
    }

    /** Frames that came after their exchange had ended, and were dropped. */
    public long lateFrames() {
        return lateFrames.sum();
    }

    /** Exchanges and connections that ended with this code, here or told by the other end. */
    public long ended(ErrorCode code) {
        return ended.get(code).sum();
    }
}
