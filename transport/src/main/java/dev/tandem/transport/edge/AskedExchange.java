package dev.tandem.transport.edge;

import dev.tandem.transport.frame.Ask;
import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.Need;

/**
 * What the ASK of an exchange said, and how many bytes have come for it. Frames are counted on the event loop; any
 * thread may read.
 */
abstract class AskedExchange implements IncomingExchange {
    private final long id;
    private final Ask ask;
    private final long arrivedNanos = System.nanoTime();
    private volatile long frameBytes;

    AskedExchange(long id, Ask ask, int askBytes) {
        this.id = id;
        this.ask = ask;
        this.frameBytes = askBytes;
    }

    final Ask ask() {
        return ask;
    }

    /** Counts a frame that came for it, whatever became of it. Event loop only. */
    final void count(Frame frame) {
        frameBytes = frameBytes + frame.bytes();
    }

    /** Whether the ASK announced such a slice. */
    final boolean announced(Frame slice) {
        return slice.sequence() < ask.slices() && slice.tile() < ask.tiles();
    }

    @Override
    public final long id() {
        return id;
    }

    @Override
    public final int task() {
        return ask.task();
    }

    @Override
    public final byte[] body() {
        return ask.body();
    }

    @Override
    public final String head() {
        return ask.head();
    }

    @Override
    public final int pointId() {
        return ask.pointId();
    }

    @Override
    public final String pointName() {
        return ask.pointName();
    }

    @Override
    public final int slicesAnnounced() {
        return ask.slices();
    }

    @Override
    public final int tiles() {
        return ask.tiles();
    }

    @Override
    public final Need need() {
        return ask.need();
    }

    @Override
    public final long bytesReceived() {
        return frameBytes;
    }

    @Override
    public final long arrivedNanos() {
        return arrivedNanos;
    }
}
