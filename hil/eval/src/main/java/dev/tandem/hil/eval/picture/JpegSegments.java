package dev.tandem.hil.eval.picture;

import java.nio.ByteBuffer;
import java.util.Locale;

/** JPEG (ITU-T T.81, annex B): marker segments with tables and headers, and entropy-coded data behind each scan's. */
final class JpegSegments {
    private static final int START_OF_IMAGE = 0xd8;
    private static final int END_OF_IMAGE = 0xd9;
    private static final int START_OF_SCAN = 0xda;
    private static final int FIRST_RESTART = 0xd0;
    private static final int LAST_RESTART = 0xd7;

    private JpegSegments() {
    }

    /** Bytes of entropy-coded data, all scans together; markers and segments are not among them. */
    static int coded(ByteBuffer file) {
        int coded = 0;
        int at = 0;
        while (at < file.limit()) {
            int marker = marker(file, at);
            at += 2;
            if (marker == END_OF_IMAGE) {
                return coded;
            }
            if (marker == START_OF_IMAGE || marker >= FIRST_RESTART && marker <= LAST_RESTART) {
                continue;
            }
            at += Math.max(2, file.getShort(at) & 0xffff);
            if (marker == START_OF_SCAN) {
                int end = endOfScan(file, at);
                coded += end - at;
                at = end;
            }
        }
        throw new IndexOutOfBoundsException("no end of image");
    }

    private static int marker(ByteBuffer file, int at) {
        int marker = file.getShort(at) & 0xffff;
        if (marker >> 8 != 0xff) {
            throw new IllegalArgumentException(String.format(Locale.ROOT,
                    "counting the known bytes of a JPEG file: [%04x] at byte %d; needed a marker", marker, at));
        }
        return marker & 0xff;
    }

    /** The next marker but restarts, which stand within a scan; 0xff00 is a coded 0xff. */
    private static int endOfScan(ByteBuffer file, int from) {
        for (int at = from;; at++) {
            if ((file.get(at) & 0xff) == 0xff) {
                int next = file.get(at + 1) & 0xff;
                if (next != 0 && (next < FIRST_RESTART || next > LAST_RESTART)) {
                    return at;
                }
            }
        }
    }
}
