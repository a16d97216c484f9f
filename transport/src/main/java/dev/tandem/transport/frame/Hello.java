package dev.tandem.transport.frame;

/**
 * HELLO: what the device speaks and holds.
 *
 * @param versions protocol versions that it knows
 * @param pack what it holds
 * @param software name and version, for logs; up to 255 bytes
 */
public record Hello(Versions versions, PackIdentity pack, String software) {
    /** The protocol version of docs/wire.md. */
    public static final int VERSION = 4;

    /** The lowest and the highest protocol version that a device knows. */
    public record Versions(int lowest, int highest) {
        /** Whether the device speaks this one. */
        public boolean include(int version) {
            return lowest <= version && version <= highest;
        }
    }

    /** Of a device that knows this version only. */
    public static Hello of(PackIdentity pack, String software) {
        return new Hello(new Versions(VERSION, VERSION), pack, software);
    }

    public Frame toFrame() {
        byte[] payload = pack
                .write(new PayloadWriter().u16(versions.lowest).u16(versions.highest))
                .str8(software).done();
        return Frame.of(FrameType.HELLO, 0, payload);
    }

    /**
     * The two version numbers, which stand first in the HELLO of every version; nothing else of it is read.
     * FrameException when it is too short even for them.
     */
    public static Versions versions(Frame frame) {
        return versions(new PayloadReader(frame, FrameType.HELLO));
    }

    /** FrameException when the payload is not a HELLO of this version. */
    public static Hello read(Frame frame) {
        PayloadReader in = new PayloadReader(frame, FrameType.HELLO);
        Hello hello = new Hello(versions(in), PackIdentity.read(in), in.str8());
        in.end();
        return hello;
    }

    private static Versions versions(PayloadReader in) {
        return new Versions(in.u16(), in.u16());
    }
}
