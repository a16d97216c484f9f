package dev.tandem.transport.frame;

import java.time.Duration;

/**
 * HELLO_ACK: the edge agrees.
 *
 * @param version the protocol version that both will speak
 * @param pack what the edge holds
 * @param limits what the edge takes
 * @param software name and version, for logs; up to 255 bytes
 */
public record HelloAck(int version, PackIdentity pack, LinkLimits limits, String software) {
    public Frame toFrame() {
        byte[] payload = pack.write(new PayloadWriter().u16(version)).u32(limits.taskBytes()).u16(limits.slices())
                .u32(limits.sliceBytes()).u32(limits.exchangeBytes()).u16(limits.inFlight())
                .u32((int) limits.longestDeadline().toMillis()).u32((int) limits.idle().toMillis()).str8(software)
                .done();
        return Frame.of(FrameType.HELLO_ACK, 0, payload);
    }

    /**
     * FrameException when the payload is not a HELLO_ACK, or its limits make no sense; with UNSUPPORTED_VERSION, and
     * nothing else of it read, when it is of another version.
     */
    public static HelloAck read(Frame frame) {
        PayloadReader in = new PayloadReader(frame, FrameType.HELLO_ACK);
        int version = in.u16();
        if (version != Hello.VERSION) {
            throw new FrameException(ErrorCode.UNSUPPORTED_VERSION,
                    "the edge answered the hello with protocol version ["
                            + version + "], this device speaks [" + Hello.VERSION + "]; update the edge");
        }
        HelloAck ack = new HelloAck(version, PackIdentity.read(in), readLimits(in), in.str8());
        in.end();
        return ack;
    }

    private static LinkLimits readLimits(PayloadReader in) {
        int taskBytes = in.count();
        int slices = in.u16();
        int sliceBytes = in.count();
        int exchangeBytes = in.count();
        int inFlight = in.u16();
        Duration longestDeadline = Duration.ofMillis(in.count());
        Duration idle = Duration.ofMillis(in.count());
        try {
            return new LinkLimits(taskBytes, slices, sliceBytes, exchangeBytes, inFlight, longestDeadline, idle);
        } catch (IllegalArgumentException e) {
            throw FrameException.malformed("HELLO_ACK limits", e.getMessage(), "limits within docs/wire.md");
        }
    }
}
