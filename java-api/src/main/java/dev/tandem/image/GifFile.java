package dev.tandem.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The first frame of a GIF, and the logical screen on which it lies (GIF89a, sections 18 to 23). Around the frame is
 * the colour of its transparent index, or of index 0, as training saw it: few viewers ask for the background colour.
 */
final class GifFile {
    private static final int SCREEN = 13;
    private static final int DESCRIPTOR = 10;
    private static final int INTERLACED = 0x40;

    private final ByteBuffer file;
    private int transparent = -1;

    private GifFile(byte[] file) {
        this.file = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    }

    static Frame frame(byte[] file) throws PictureException {
        try {
            return new GifFile(file).frame();
        } catch (IndexOutOfBoundsException e) {
            throw new PictureException("it is cut off after [" + file.length + "] bytes, before its first frame", e);
        }
    }

    /** ImageIO's reader misplaces the rows of an interlaced frame of fewer than five, so it gets them as stored. */
    private Frame frame() throws PictureException {
        int table = colours(file.get(10));
        int at = descriptor(SCREEN + table);
        byte packed = file.get(at + 9);
        ByteBuffer plain = ByteBuffer.wrap(new byte[]{(byte) (packed & ~INTERLACED)});
        BytesStream stream = new BytesStream(file.slice(0, at + 9), plain,
                file.slice(at + DESCRIPTOR, file.limit() - at - DESCRIPTOR));
        return new Frame(stream, Orientation.UPRIGHT, canvas(at, table, (packed & INTERLACED) != 0));
    }

    private Canvas canvas(int at, int table, boolean interlaced) {
        int left = file.getShort(at + 1) & 0xffff;
        int top = file.getShort(at + 3) & 0xffff;
        // Where the frame is larger than its screen, viewers enlarge the screen.
        int width = Math.max(file.getShort(6) & 0xffff, left + (file.getShort(at + 5) & 0xffff));
        int height = Math.max(file.getShort(8) & 0xffff, top + (file.getShort(at + 7) & 0xffff));
        int own = colours(file.get(at + 9));
        int around = own > 0
                ? colour(at + DESCRIPTOR, own, Math.max(0, transparent))
                : colour(SCREEN, table, Math.max(0, transparent));
        return new Canvas(width, height, left, top, around, interlaced);
    }

    /** Bytes of the colour table that a packed field announces. */
    private static int colours(byte packed) {
        return packed < 0 ? 3 << (packed & 7) + 1 : 0;
    }

    private int colour(int table, int bytes, int index) {
        return index * 3 >= bytes
                ? 0
                : (file.get(table + index * 3) & 0xff) << 16 | (file.get(table + index * 3 + 1) & 0xff) << 8
                        | file.get(table + index * 3 + 2) & 0xff;
    }

    /** Where the first frame's descriptor lies; takes in what stands before it. */
    private int descriptor(int from) throws PictureException {
        int at = from;
        while (file.get(at) != 0x2c) {
            if (file.get(at) != 0x21) {
                throw new PictureException("[no] frame in [" + file.limit() + "] bytes");
            }
            if ((file.get(at + 1) & 0xff) == 0xf9) {
                transparent = (file.get(at + 3) & 1) == 1 ? file.get(at + 6) & 0xff : -1;
            }
            at += 2;
            while (file.get(at) != 0) {
                at += 1 + (file.get(at) & 0xff);
            }
            at++;
        }
        return at;
    }
}
