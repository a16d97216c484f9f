package dev.tandem.image;

/**
 * What a JPEG's scans ask for, seen before they are decoded: a scan of a hundred bytes can cost as much time as a whole
 * picture, and a progressive picture is held in memory as coefficients.
 */
final class JpegScans {
    /** Most scans; encoders write about ten. */
    static final int MOST = 100;
    /** Most coefficients of a progressive picture, of two bytes outside the heap. */
    static final long MOST_COEFFICIENTS = 1L << 28;

    private final boolean ended;
    private final boolean progressive;
    private int components;
    private final int needed;

    /**
     * @param from where the first scan's segment begins
     * @throws PictureException for too many scans, or too many coefficients
     */
    JpegScans(byte[] file, int from, JpegFrame frame) throws PictureException {
        progressive = frame.progressive();
        needed = frame.ids().length;
        if (progressive && frame.samples() > MOST_COEFFICIENTS) {
            throw new PictureException("[" + frame.width() + " x " + frame.height() + "] pixels in progressive form; "
                    + "at most " + MOST_COEFFICIENTS + " coefficients are read: scale it down, or save it as baseline");
        }
        JpegSegments segments = new JpegSegments(file, from);
        int marker = segments.next();
        for (int scans = 0; marker != JpegSegments.END && marker != JpegSegments.EOI; marker = segments.next()) {
            if (marker == JpegSegments.SOS) {
                components += segments.body() < segments.end() ? file[segments.body()] & 0xff : 0;
                if (++scans > MOST) {
                    throw new PictureException("more than [" + MOST + "] scans; needed fewer: save it anew");
                }
            }
        }
        ended = marker == JpegSegments.EOI;
    }

    /** Whether nothing is missing if the decoder finds enough data in the last scan. */
    boolean complete() {
        return ended || !progressive && components >= needed;
    }
}
