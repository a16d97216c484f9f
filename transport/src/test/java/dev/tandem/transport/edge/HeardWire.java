package dev.tandem.transport.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.transport.Links;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Failure;
import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.FrameType;
import dev.tandem.transport.frame.Hello;
import dev.tandem.transport.frame.Slice;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A wire that remembers what the edge said and did to it; its time is the test's, but for the edge's own clock. */
final class HeardWire extends FuzzWire {
    final EmbeddedChannel loop;
    final List<Frame> heard = new ArrayList<>();
    final List<Long> finished = new ArrayList<>();
    final List<Long> expected = new ArrayList<>();
    final List<String> closed = new ArrayList<>();
    /** When the device was heard last, {@link System#nanoTime()}; null: just now. */
    Long lastReadNanos;
    boolean lossless;
    /** Round trip that it measures. */
    long rttNanos;

    HeardWire(FuzzEdge fuzz) {
        this(fuzz, new EmbeddedChannel());
    }

    private HeardWire(FuzzEdge fuzz, EmbeddedChannel loop) {
        super(fuzz, frozen(loop));
        this.loop = loop;
    }

    private static EmbeddedChannel frozen(EmbeddedChannel loop) {
        loop.freezeTime();
        return loop;
    }

    /** The device says hello, as it should. */
    HeardWire hello() {
        stream(Hello.of(Links.PACK, "test").toFrame().toBytes());
        return this;
    }

    /** An ASK in a stream, of so many slices of one tile. */
    void ask(long exchange, int slices) {
        stream(Links.handmade("?", slices).toFrame(exchange).toBytes());
    }

    /** Three bytes that say which slice they are. */
    static byte[] slice(long exchange, int index) {
        return Frame.slice(exchange, new Slice(index, 0, new byte[]{(byte) index, 2, 3})).toBytes();
    }

    /** Time passes on the loop, and what is due then is done; nanoseconds to what is due next, -1 for nothing. */
    long pass(long millis) {
        loop.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        return loop.runScheduledPendingTasks();
    }

    List<Frame> heard(FrameType type) {
        return heard.stream().filter(each -> each.type() == type).toList();
    }

    /** What the device heard last, but for its credit, is an ERROR with this code; its words. */
    String error(long exchange, ErrorCode code) {
        Frame last = heard.stream().filter(each -> each.type() != FrameType.CREDIT).toList().getLast();
        assertEquals(FrameType.ERROR, last.type());
        assertEquals(exchange, last.exchange());
        assertEquals(code, Failure.read(last).known());
        return Failure.read(last).message();
    }

    @Override
    public void send(Frame frame) {
        heard.add(frame);
        super.send(frame);
    }

    @Override
    public void finish(long exchange) {
        finished.add(exchange);
    }

    @Override
    public void expect(long exchange) {
        expected.add(exchange);
    }

    @Override
    public void close(String reason) {
        closed.add(reason);
        super.close(reason);
    }

    @Override
    public int datagramBytes() {
        return lossless ? 0 : super.datagramBytes();
    }

    @Override
    public void measure(Consumer<PathSample> taker) {
        taker.accept(new PathSample(rttNanos, 0, 0, 0));
    }

    @Override
    public long lastReadNanos() {
        return lastReadNanos == null ? System.nanoTime() : lastReadNanos;
    }
}
