package dev.tandem.image;

import java.util.Arrays;

/**
 * What a JPEG's components are, by libjpeg's rules: three are YCbCr behind a JFIF segment; behind an Adobe segment RGB
 * where its transform is 0, else YCbCr; without either YCbCr, unless the components are named R, G and B. Four are
 * YCCK, or CMYK where Adobe's transform is 0 or there is no Adobe segment. One file, one thread.
 */
final class JpegColours {
    private static final int[] RGB = {'R', 'G', 'B'};

    private boolean jfif;
    private boolean adobe;
    private int transform;

    void jfif() {
        jfif = true;
    }

    void adobe(int code) {
        adobe = true;
        transform = code;
    }

    /** The segment from which ImageIO's reader concludes the same. */
    byte[] segment(JpegFrame frame) {
        if (frame.ids().length == 4) {
            return adobeSegment(adobe && transform != 0 ? 2 : 0);
        }
        return frame.ids().length == 3 && !jfif && isRgb(frame.ids()) ? adobeSegment(0) : jfifSegment();
    }

    private boolean isRgb(int[] ids) {
        return adobe ? transform == 0 : Arrays.equals(ids, RGB);
    }

    private static byte[] jfifSegment() {
        return new byte[]{(byte) 0xff, (byte) 0xe0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0};
    }

    private static byte[] adobeSegment(int code) {
        return new byte[]{(byte) 0xff, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, (byte) code};
    }
}
