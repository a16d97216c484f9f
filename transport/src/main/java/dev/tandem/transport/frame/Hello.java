package dev.tandem.transport.frame;

/**
 * HELLO: what the device speaks and holds.
 *
 * @param lowestVersion lowest protocol version it knows
 * @param highestVersion highest protocol version it knows
 * @param software name and version, for logs; up to 255 bytes
 */
public record Hello(int lowestVersion, int highestVersion, PackIdentity pack, String software) {
    /** The protocol version of docs/wire.md. */
    public static final int VERSION = 3;

    public Frame toFrame() {
        byte[] payload = new PayloadWriter().u16(lowestVersion).u16(highestVersion).bytes(pack.packHash())
                .bytes(pack.tableHash()).str8(pack.name()).str8(software).done();
        return Frame.of(FrameType.HELLO, 0, payload);
    }

    /** FrameException when the payload is not a HELLO. */
    public static Hello read(Frame frame) {
        PayloadReader in = new PayloadReader(frame, FrameType.HELLO);
        int lowest = in.u16();
        int highest = in.u16();
        byte[] packHash = in.bytes(PackIdentity.HASH_BYTES);
        byte[] tableHash = in.bytes(PackIdentity.HASH_BYTES);
        PackIdentity pack = new PackIdentity(in.str8(), packHash, tableHash);
        Hello hello = new Hello(lowest, highest, pack, in.str8());
        in.end();
        return hello;
    }
}
