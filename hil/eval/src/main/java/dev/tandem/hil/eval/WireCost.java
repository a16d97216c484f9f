package dev.tandem.hil.eval;

import dev.tandem.method.Look;
import dev.tandem.method.Point;
import dev.tandem.task.Task;
import dev.tandem.transport.frame.Ask;
import dev.tandem.transport.frame.FrameHeader;
import dev.tandem.transport.frame.Need;
import dev.tandem.transport.session.SlicePlan;
import java.util.List;

/**
 * What a picture and the questions about it are on the wire: the frames that a device makes of them, byte for byte, and
 * the packets that QUIC fills with them on a link without loss (docs/wire.md, section 6). Immutable.
 *
 * @param pointId 0 where the point goes by name
 * @param pointName empty where it goes by id
 * @param sliceBytes of each, header and check of the method's own included
 */
record WireCost(int pointId, String pointName, List<Integer> sliceBytes, int tiles, Need need) {
    /** Of a device that answered by itself. */
    static final WireCost NOTHING = new WireCost(0, "", List.of(), 0, Need.ANY);
    /** Frame bytes that a packet takes at first. */
    static final int PACKET_BYTES = 1156;
    /** Of the slices of which any is worth something, those that travel in the stream. */
    private static final double RELIABLE_SHARE = 0.25;

    WireCost {
        sliceBytes = List.copyOf(sliceBytes);
    }

    static WireCost of(Point point, Look.Send send) {
        return new WireCost(point.id(), point.id() == 0 ? point.name() : "",
                send.slices().stream().map(slice -> slice.bytes().length).toList(), send.tiles(),
                Need.valueOf(send.need().name()));
    }

    /** Of the picture: slices and their frame headers. */
    long pictureBytes() {
        return sliceBytes.stream().mapToLong(bytes -> bytes + FrameHeader.BYTES).sum();
    }

    /** Of the frame that asks, its header included; 0 where nothing is sent. */
    int askBytes(Task task) {
        return sliceBytes.isEmpty()
                ? 0
                : new Ask(pointId, sliceBytes.size(), tiles, need, 0, 0, pointName, "", task.code(), task.body())
                        .toFrame(1).bytes();
    }

    /** Packets up with question and slices: the stream's are filled, each other slice has one. */
    int packets(Task task) {
        if (sliceBytes.isEmpty()) {
            return 0;
        }
        SlicePlan plan = SlicePlan.of(sliceBytes.stream().mapToInt(Integer::intValue).toArray(), need, RELIABLE_SHARE,
                PACKET_BYTES);
        int stream = askBytes(task);
        int alone = 0;
        for (int i = 0; i < sliceBytes.size(); i++) {
            if (plan.reliable(i)) {
                stream += sliceBytes.get(i) + FrameHeader.BYTES;
            } else {
                alone++;
            }
        }
        return (stream + PACKET_BYTES - 1) / PACKET_BYTES + alone;
    }
}
