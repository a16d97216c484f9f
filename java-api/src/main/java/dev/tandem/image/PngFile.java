package dev.tandem.image;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A PNG file for ImageIO's reader: header, palette and pixels as they are; everything else is taken out, so that no
 * profile, text or broken addition has a say. Check sums are compared here.
 */
final class PngFile {
    private static final int HEADER = 0x49484452;
    private static final int PALETTE = 0x504c5445;
    private static final int PIXELS = 0x49444154;
    private static final int END = 0x49454e44;
    private static final int EXIF = 0x65584966;
    private static final int SIGNATURE = 8;
    /** Length, type and check sum. */
    private static final int AROUND = 12;
    private static final int MOST_PIECES = 4096;

    private final ByteBuffer file;
    /** Chunks that follow each other in the file are one piece. */
    private final List<ByteBuffer> kept = new ArrayList<>();
    private int from;
    private int to = SIGNATURE;
    private int orientation = Orientation.UPRIGHT;

    private PngFile(byte[] file) {
        this.file = ByteBuffer.wrap(file);
    }

    static Frame frame(byte[] file) throws PictureException {
        PngFile png = new PngFile(file);
        for (int at = SIGNATURE; at >= 0;) {
            at = png.chunk(at);
        }
        png.add();
        return Frame.of(new BytesStream(png.kept.toArray(ByteBuffer[]::new)), png.orientation);
    }

    /** Takes in the chunk at a place; where the next one begins, or -1 behind the last. */
    private int chunk(int at) throws PictureException {
        long end = at + AROUND > file.limit() ? Long.MAX_VALUE : at + AROUND + (file.getInt(at) & 0xffffffffL);
        if (end > file.limit()) {
            throw new PictureException("it is cut off after [" + file.limit() + "] bytes, before its end; fetch it "
                    + "again");
        }
        int type = file.getInt(at + 4);
        int length = (int) end - at - AROUND;
        if (type == HEADER || type == PALETTE || type == PIXELS || type == END) {
            check(at, length);
            keep(at, (int) end);
        } else if (type == EXIF) {
            orientation = Ifd.of(file.slice(at + 8, length)).orientation();
        }
        return type == END ? -1 : (int) end;
    }

    private void check(int at, int length) throws PictureException {
        CRC32 sum = new CRC32();
        sum.update(file.slice(at + 4, length + 4));
        if ((int) sum.getValue() != file.getInt(at + 8 + length)) {
            throw new PictureException("damaged: the check sum of the chunk at [" + at + "] is wrong");
        }
    }

    private void keep(int start, int end) throws PictureException {
        if (start != to) {
            add();
            from = start;
        }
        to = end;
    }

    private void add() throws PictureException {
        if (kept.size() == MOST_PIECES) {
            throw new PictureException("damaged: more than [" + MOST_PIECES + "] chunks between those of its pixels");
        }
        kept.add(file.slice(from, to - from));
    }
}
