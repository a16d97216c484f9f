package dev.tandem.transport.session;

import dev.tandem.transport.frame.FrameHeader;
import dev.tandem.transport.frame.Need;

/** Which slices of an exchange travel on the reliable stream, and which in datagrams that may be lost. Immutable. */
public final class SlicePlan {
    /** Shares are decimal fractions: 0.07 of 100 is 7.000000000000001 in binary and must not become 8. */
    private static final double ROUNDING = 1e-9;

    private final boolean[] reliable;

    private SlicePlan(boolean[] reliable) {
        this.reliable = reliable;
    }

    /**
     * The most important {@code ceil(reliableShare * count)} slices, and each whose frame no datagram takes, go on the
     * stream.
     *
     * @param sliceBytes payload bytes, most important first
     * @param need what the edge cannot answer without: all of them, or at least the first, go on the stream whatever
     *        the share
     * @param reliableShare 0 to 1; IllegalArgumentException beyond
     * @param datagramBytes largest frame of a datagram, header included; 0: no datagrams
     */
    public static SlicePlan of(int[] sliceBytes, Need need, double reliableShare, int datagramBytes) {
        if (!(reliableShare >= 0 && reliableShare <= 1)) {
            throw new IllegalArgumentException(
                    "slice plan: reliable share [" + reliableShare + "], needed 0 to 1");
        }
        int share = (int) Math.ceil(reliableShare * sliceBytes.length - ROUNDING);
        int certain = switch (need) {
            case ANY -> share;
            case FIRST -> Math.max(1, share);
            case ALL -> sliceBytes.length;
        };
        boolean[] reliable = new boolean[sliceBytes.length];
        for (int i = 0; i < reliable.length; i++) {
            reliable[i] = i < certain || sliceBytes[i] + FrameHeader.BYTES > datagramBytes;
        }
        return new SlicePlan(reliable);
    }

    public boolean reliable(int index) {
        return reliable[index];
    }

    public int count() {
        return reliable.length;
    }
}
