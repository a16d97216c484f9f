package dev.tandem.transport.frame;

import java.time.Duration;

/**
 * HELLO_ACK: the edge agrees.
 *
 * @param version the protocol version that both will speak
 * @param pack the edge's hashes; its name does not travel and is empty after reading
 * @param limits what the edge takes
 * @param software name and version, for logs; up to 255 bytes
 */
public record HelloAck(int version, PackIdentity pack, LinkLimits limits, String software) {

    public Frame toFrame() {
        byte[] payload = new PayloadWriter().u16(version).bytes(pack.packHash()).bytes(pack.tableHash())
                .u32(limits.questionBytes()).u16(limits.slices()).u32(limits.sliceBytes()).u32(limits.exchangeBytes())
                .u16(limits.inFlight()).u32((int) limits.longestDeadline().toMillis())
                .u32((int) limits.idle().toMillis()).str8(software).done();
        return Frame.of(FrameType.HELLO_ACK, 0, payload);
    }

    /** FrameException when the payload is not a HELLO_ACK, or its limits make no sense. */
    public static HelloAck read(Frame frame) {
        PayloadReader in = new PayloadReader(frame, FrameType.HELLO_ACK);
        int version = in.u16();
        byte[] packHash = in.bytes(PackIdentity.HASH_BYTES);
        PackIdentity pack = new PackIdentity("", packHash, in.bytes(PackIdentity.HASH_BYTES));
        HelloAck ack = new HelloAck(version, pack, readLimits(in), in.str8());
        in.end();
        return ack;
    }

    private static LinkLimits readLimits(PayloadReader in) {
        int questionBytes = in.count();
        int slices = in.u16();
        int sliceBytes = in.count();
        int exchangeBytes = in.count();
        int inFlight = in.u16();
        Duration longestDeadline = Duration.ofMillis(in.count());
        Duration idle = Duration.ofMillis(in.count());
        try {
            return new LinkLimits(questionBytes, slices, sliceBytes, exchangeBytes, inFlight, longestDeadline, idle);
        } catch (IllegalArgumentException e) {
            throw FrameException.malformed("HELLO_ACK limits", e.getMessage(), "limits within docs/wire.md");
        }
    }
}
