package dev.tandem.image;

/**
 * Walks over the segments of a JPEG file (ITU-T T.81, annex B). As libjpeg does, it passes fill bytes, and stray bytes
 * before a marker.
 */
final class JpegSegments {
    static final int SOI = 0xd8;
    static final int EOI = 0xd9;
    static final int SOS = 0xda;
    static final int COM = 0xfe;
    /** No marker: the file ends. */
    static final int END = -1;

    private final byte[] file;
    private int start;
    private int body;
    private int end;

    /** From a place between two segments on. */
    JpegSegments(byte[] file, int from) {
        this.file = file;
        end = from;
    }

    /**
     * The next segment's marker, {@link #END} where the file ends before it is whole.
     *
     * @throws PictureException for a length that is none
     */
    int next() throws PictureException {
        int at = end;
        while (true) {
            while (at < file.length && file[at] != (byte) 0xff) {
                at++;
            }
            while (at < file.length && file[at] == (byte) 0xff) {
                at++;
            }
            if (at >= file.length) {
                return END;
            }
            int marker = file[at++] & 0xff;
            if (marker == 0 || marker == 1 || marker >= 0xd0 && marker <= SOI) {
                continue; // a stuffed byte, or a marker without a segment
            }
            start = at - 2;
            return marker == EOI ? marker : measure(marker, at);
        }
    }

    private int measure(int marker, int at) throws PictureException {
        if (at + 2 > file.length) {
            return END;
        }
        int length = (file[at] & 0xff) << 8 | file[at + 1] & 0xff;
        if (length < 2) {
            throw new PictureException("damaged: a segment of [" + length + "] bytes at " + at);
        }
        body = at + 2;
        end = at + length;
        return end > file.length ? END : marker;
    }

    /** Where the marker of the segment found begins. */
    int start() {
        return start;
    }

    /** Where its payload begins. */
    int body() {
        return body;
    }

    /** Where it ends. */
    int end() {
        return end;
    }
}
