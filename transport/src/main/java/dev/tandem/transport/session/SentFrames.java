package dev.tandem.transport.session;

import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.FrameType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the edge has said in each exchange that its device has not finished reading, to say it again when the device's
 * address changes. Bounded: an exchange that has said more than {@value #MOST_BYTES} bytes is not repeated. Loop only.
 */
public final class SentFrames {
    static final int MOST_BYTES = 256 << 10;

    private final Map<Long, List<Frame>> frames = new HashMap<>();
    private final Map<Long, Integer> bytes = new HashMap<>();
    private long total;

    public void begin(long exchange) {
        frames.put(exchange, new ArrayList<>());
        bytes.put(exchange, 0);
    }

    /** Keeps parts and ends; other frames are of the moment. */
    public void add(Frame frame) {
        List<Frame> said = frames.get(frame.exchange());
        if (said == null || frame.type() == FrameType.RECEIVED) {
            return;
        }
        said.add(frame);
        total += frame.bytes();
        if (bytes.merge(frame.exchange(), frame.bytes(), Integer::sum) > MOST_BYTES) {
            forget(frame.exchange());
        }
    }

    /** Whether this exchange would be repeated. */
    public boolean keeps(long exchange) {
        return frames.containsKey(exchange);
    }

    public void forget(long exchange) {
        frames.remove(exchange);
        Integer was = bytes.remove(exchange);
        total -= was == null ? 0 : was;
    }

    public void clear() {
        frames.clear();
        bytes.clear();
        total = 0;
    }

    /** Bytes kept in all. */
    public long bytes() {
        return total;
    }

    /** Exchanges that would be repeated. */
    public List<Long> exchanges() {
        return List.copyOf(frames.keySet());
    }

    public List<Frame> of(long exchange) {
        return List.copyOf(frames.getOrDefault(exchange, List.of()));
    }
}
