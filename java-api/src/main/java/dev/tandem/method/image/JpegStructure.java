package dev.tandem.method.image;

/**
 * Walks through a JPEG's segments without decoding any (ITU-T T.81, annex B). Each scan of a progressive picture goes
 * over all its pixels, so scans are counted; metadata is refused, since a reader may unpack what it holds.
 */
final class JpegStructure {
    /** Twice what encoders write. */
    static final int MOST_SCANS = 20;

    private static final String WHAT = "a JPEG in baseline or progressive form, of one picture, whole, no metadata";
    private static final int SOI = 0xd8;
    private static final int EOI = 0xd9;
    private static final int SOS = 0xda;
    private static final int APP0 = 0xe0;
    private static final int APP14 = 0xee;
    private static final int COM = 0xfe;

    private final byte[] file;
    private final long mostPixels;
    private int at;
    private int frames;
    private int scans;

    private JpegStructure(byte[] file, long mostPixels) {
        this.file = file;
        this.mostPixels = mostPixels;
    }

    /** CorruptBitstreamException for anything else than {@value #WHAT}. */
    static void check(byte[] file, long mostPixels) {
        new JpegStructure(file, mostPixels).walk();
    }

    private void walk() {
        require(marker() == SOI, "marker");
        for (int marker = marker(); marker != EOI; marker = marker()) {
            int end = at + length();
            switch (marker) {
                case 0xc0, 0xc1, 0xc2 -> frame();
                case 0xc4, 0xdb, 0xdd, APP0, APP14, COM -> {
                    // Tables, and the two segments that say how colours are stored.
                }
                case SOS -> scan();
                default -> require(false, "segment ff" + Integer.toHexString(marker));
            }
            at = end;
            if (marker == SOS) {
                skipScan();
            }
        }
        require(frames == 1 && scans > 0 && at == file.length, "the end after [" + scans + "] scans");
    }

    private int marker() {
        require(at + 1 < file.length && unsigned(at) == 0xff, "no marker");
        while (at < file.length && unsigned(at) == 0xff) {
            at++;
        }
        require(at < file.length, "no marker");
        return unsigned(at++);
    }

    /** Of the segment that begins here, its length field counted. */
    private int length() {
        require(at + 2 <= file.length, "the end");
        int length = two(at);
        require(length >= 2 && length <= file.length - at, "a segment of " + length + " bytes");
        return length;
    }

    private void frame() {
        frames++;
        require(frames == 1 && length() >= 8, "a second frame");
        require(unsigned(at + 2) == 8, "samples of " + unsigned(at + 2) + " bits");
        PictureFile.pixels(at, two(at + 5), two(at + 3), mostPixels);
        int components = unsigned(at + 7);
        require(components == 1 || components == 3, components + " components");
    }

    private void scan() {
        scans++;
        require(frames == 1, "a scan before its frame");
        if (scans > MOST_SCANS) {
            throw PictureFile.refused(at, "a JPEG of at most " + MOST_SCANS + " scans", "more");
        }
    }

    /** To the next marker that is neither a stuffed byte nor a restart. */
    private void skipScan() {
        while (at + 1 < file.length) {
            int next = unsigned(at + 1);
            if (unsigned(at) == 0xff && next != 0 && next != 0xff && (next < 0xd0 || next > 0xd7)) {
                return;
            }
            at++;
        }
        at = file.length;
    }

    private int unsigned(int index) {
        return file[index] & 0xff;
    }

    private int two(int index) {
        return unsigned(index) << 8 | unsigned(index + 1);
    }

    private void require(boolean holds, String found) {
        if (!holds) {
            throw PictureFile.refused(Math.min(at, file.length), WHAT, found);
        }
    }
}
