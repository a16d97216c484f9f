package dev.tandem.hil.eval.picture;

import java.nio.ByteBuffer;

/** AVIF (ISO/IEC 14496-12 boxes): all but the media data is container, and in these only frames are the picture's. */
final class AvifBoxes {
    private static final int BOX_HEADER = 8;
    private static final int LARGE_BOX_HEADER = 16;
    private static final int MEDIA_DATA = 0x6d646174; // "mdat"
    /** OBU types of AV1 (section 6.2.2) that hold what was coded of the picture. */
    private static final int FRAME_HEADER = 3;
    private static final int TILE_GROUP = 4;
    private static final int FRAME = 6;

    private AvifBoxes() {
    }

    /** Bytes within frames, tile groups and frame headers. */
    static int coded(ByteBuffer file) {
        int coded = -1;
        for (int at = 0; at < file.limit();) {
            long size = file.getInt(at) & 0xffffffffL;
            int kind = file.getInt(at + 4);
            int header = BOX_HEADER;
            if (size == 1) {
                size = file.getLong(at + BOX_HEADER);
                header = LARGE_BOX_HEADER;
            } else if (size == 0) {
                size = file.limit() - at;
            }
            if (size < header || size > file.limit() - at) {
                throw new IndexOutOfBoundsException("box of " + size);
            }
            if (kind == MEDIA_DATA) {
                coded = Math.max(0, coded) + frames(file.slice(at + header, (int) size - header));
            }
            at += (int) size;
        }
        if (coded < 0) {
            throw new IndexOutOfBoundsException("no media data");
        }
        return coded;
    }

    /** Open bitstream units: a byte of header, one more where it has an extension, a length in LEB128. */
    private static int frames(ByteBuffer units) {
        int coded = 0;
        while (units.hasRemaining()) {
            int header = units.get() & 0xff;
            if ((header & 4) != 0) {
                units.get();
            }
            long length = (header & 2) == 0 ? units.remaining() : leb128(units);
            if (length > units.remaining()) {
                throw new IndexOutOfBoundsException("unit of " + length);
            }
            int type = header >> 3 & 15;
            if (type == FRAME || type == FRAME_HEADER || type == TILE_GROUP) {
                coded += (int) length;
            }
            units.position(units.position() + (int) length);
        }
        return coded;
    }

    private static long leb128(ByteBuffer units) {
        long value = 0;
        for (int shift = 0; shift < 56; shift += 7) {
            int next = units.get() & 0xff;
            value |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new IndexOutOfBoundsException("a length of more than eight bytes");
    }
}
