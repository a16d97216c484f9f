package dev.tandem.entropy;

import java.nio.ByteBuffer;

/** Stub. */
public final class CdfTables {
    private CdfTables() {
    }

    /** Checks and copies rows. */
    public static CdfTables of(int[][] cdf, int[] offset) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Reads a tables file (little-endian whatever the buffer's order); the buffer's position ends at its limit. */
    public static CdfTables read(ByteBuffer file) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Rows. */
    public int rows() {
        throw new UnsupportedOperationException("not yet");
    }

    /** The tables file. */
    public byte[] toBytes() {
        throw new UnsupportedOperationException("not yet");
    }

    /** SHA-256 of {@link #toBytes()}: the table hash of the handshake. */
    public byte[] sha256() {
        throw new UnsupportedOperationException("not yet");
    }
}
