package dev.tandem.transport.device;

import dev.tandem.transport.frame.FrameHeader;
import dev.tandem.transport.frame.Need;
import dev.tandem.transport.frame.Slice;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * One task for the edge. Start from {@link #of} and change with the withers. Body and slices are not copied: leave them
 * alone until the exchange has ended.
 *
 * @param task what is asked for, 0 to 255; the link does not know what it means
 * @param body of the task; the edge states how many bytes it takes
 * @param head which head of the pack shall answer, up to 255 bytes; empty: whichever can
 * @param pointId operating point's id in the pack, 1 to 65,535; 0 when named, or when there is none
 * @param pointName its name in the pack, up to 255 bytes; empty when the id is given, or when there is none
 * @param slices with the indices 0, 1, 2 ..., the most important first; empty for a task without a picture, else it
 *        needs a point
 * @param need what the answer cannot begin without: all slices, or at least the first, then travel on the reliable
 *        stream
 * @param decodeWait how long the edge waits for slices that may be lost, before it answers without them; zero: chosen
 *        from the link
 * @param deadline from ask to the end of the answer; zero: the edge's longest
 */
public record AskRequest(int task, byte[] body, String head, int pointId, String pointName, List<Slice> slices,
        Need need, Duration decodeWait, Duration deadline) {
    private static final int MAX_NAME_BYTES = 255;
    private static final int MAX_TILE = 0xFF - 1;

    public AskRequest {
        slices = List.copyOf(slices);
        if (task < 0 || task > 0xFF || pointId < 0 || pointId > 0xFFFF) {
            throw new IllegalArgumentException("ask: task [" + task + "] and operating point id [" + pointId
                    + "], needed 0 to 255 and 0 to 65535");
        }
        if (pointId != 0 && !pointName.isEmpty()) {
            throw new IllegalArgumentException(
                    "ask: operating point id [" + pointId + "] and name [" + pointName + "], needed one of them");
        }
        requireName("operating point name", pointName);
        requireName("head", head);
        if (slices.size() > FrameHeader.MAX_SEQUENCE) {
            throw new IllegalArgumentException(
                    "ask: [" + slices.size() + "] slices, needed at most " + FrameHeader.MAX_SEQUENCE);
        }
        for (int i = 0; i < slices.size(); i++) {
            if (slices.get(i).index() != i || slices.get(i).tile() > MAX_TILE) {
                throw new IllegalArgumentException("ask: slice at place [" + i + "] with index ["
                        + slices.get(i).index() + "] and tile [" + slices.get(i).tile()
                        + "], needed its place and a tile of at most " + MAX_TILE);
            }
        }
        if (deadline.isNegative() || decodeWait.isNegative()) {
            throw new IllegalArgumentException("ask: deadline [" + deadline + "] and decode wait [" + decodeWait
                    + "], needed zero or more");
        }
    }

    /** A task without a picture, for whichever head, with the edge's deadline. */
    public static AskRequest of(int task, byte[] body) {
        return new AskRequest(task, body, "", 0, "", List.of(), Need.ANY, Duration.ZERO, Duration.ZERO);
    }

    public AskRequest withHead(String value) {
        return new AskRequest(task, body, value, pointId, pointName, slices, need, decodeWait, deadline);
    }

    public AskRequest withPoint(int id) {
        return new AskRequest(task, body, head, id, "", slices, need, decodeWait, deadline);
    }

    public AskRequest withPoint(String name) {
        return new AskRequest(task, body, head, 0, name, slices, need, decodeWait, deadline);
    }

    public AskRequest withSlices(List<Slice> value, Need needed) {
        return new AskRequest(task, body, head, pointId, pointName, value, needed, decodeWait, deadline);
    }

    public AskRequest withDeadline(Duration value) {
        return new AskRequest(task, body, head, pointId, pointName, slices, need, decodeWait, value);
    }

    public AskRequest withDecodeWait(Duration value) {
        return new AskRequest(task, body, head, pointId, pointName, slices, need, value, deadline);
    }

    /** IllegalArgumentException when there are slices of no operating point. */
    void requireComplete() {
        if (!slices.isEmpty() && pointId == 0 && pointName.isEmpty()) {
            throw new IllegalArgumentException(
                    "ask: [" + slices.size() + "] slices without an operating point, needed its id or name");
        }
    }

    /** Crops that the slices belong to; 0 without slices. */
    int tiles() {
        return slices.stream().mapToInt(each -> each.tile() + 1).max().orElse(0);
    }

    /** Payload bytes of each slice. */
    int[] sliceBytes() {
        return slices.stream().mapToInt(each -> each.bytes().length).toArray();
    }

    private static void requireName(String what, String name) {
        if (name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
            throw new IllegalArgumentException(
                    "ask: " + what + " [" + name + "], needed at most " + MAX_NAME_BYTES + " bytes");
        }
    }
}
