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

    private final ByteBuffer file;
    private final List<ByteBuffer> kept = new ArrayList<>();
    private int orientation = Orientation.UPRIGHT;
    private boolean pixels;
    private boolean complete;

    private PngFile(byte[] file) {
        this.file = ByteBuffer.wrap(file);
        kept.add(this.file.slice(0, SIGNATURE));
    }

    static Frame frame(byte[] file) throws PictureException {
        PngFile png = new PngFile(file);
        int at = SIGNATURE;
        while (at >= 0) {
            at = png.chunk(at);
        }
        if (!png.pixels) {
            throw new PictureException("it is cut off or empty: [no] pixels in [" + file.length + "] bytes");
        }
        png.kept.add(made(END, ByteBuffer.allocate(0)));
        return new Frame(new BytesStream(png.kept.toArray(ByteBuffer[]::new)), png.orientation, null,
                png.complete ? null : "it ends early; all of its pixels are there");
    }

    /** Takes in the chunk at a place; where the next one begins, or -1 behind the last. */
    private int chunk(int at) throws PictureException {
        if (at + AROUND > file.limit()) {
            return -1;
        }
        int type = file.getInt(at + 4);
        long length = file.getInt(at) & 0xffffffffL;
        boolean cut = at + AROUND + length > file.limit();
        if (cut) {
            length = Math.min(length, file.limit() - at - 8L);
        }
        ByteBuffer payload = file.slice(at + 8, (int) length);
        switch (type) {
            case END -> {
                complete = true;
                return -1;
            }
            case HEADER, PALETTE, PIXELS -> {
                if (cut && type != PIXELS) {
                    throw new PictureException("it is cut off after [" + file.limit() + "] bytes");
                }
                pixels |= type == PIXELS;
                kept.add(cut ? made(type, payload) : checked(at, (int) length));
            }
            case EXIF -> orientation = cut ? orientation : Ifd.of(payload).orientation();
            default -> {
                // Has no say in the pixels.
            }
        }
        return cut ? -1 : at + AROUND + (int) length;
    }

    private ByteBuffer checked(int at, int length) throws PictureException {
        CRC32 sum = new CRC32();
        sum.update(file.slice(at + 4, length + 4));
        if ((int) sum.getValue() != file.getInt(at + 8 + length)) {
            throw new PictureException("damaged: the check sum of the chunk at [" + at + "] is wrong");
        }
        return file.slice(at, length + AROUND);
    }

    private static ByteBuffer made(int type, ByteBuffer payload) {
        ByteBuffer chunk = ByteBuffer.allocate(payload.remaining() + AROUND).putInt(payload.remaining()).putInt(type)
                .put(payload.duplicate());
        CRC32 sum = new CRC32();
        sum.update(chunk.array(), 4, payload.remaining() + 4);
        return chunk.putInt((int) sum.getValue()).flip();
    }
}
