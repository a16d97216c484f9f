package dev.tandem.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;

/**
 * The first directory of a TIFF file or of an Exif block, which is one (TIFF 6.0, Exif 2.3). Whatever is cut or points
 * elsewhere is taken as not said.
 */
final class Ifd {
    static final int ORIENTATION = 0x0112;
    private static final int UPRIGHT = 1;
    private static final int ENTRY = 12;
    private static final Set<Integer> WHOLE = Set.of(1, 3, 4, 6, 7, 8, 9, 13);
    /** Bytes of a value of each type. */
    private static final int[] WIDTHS = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4};

    private final ByteBuffer tiff;
    private final long first;
    private final int said;
    private final int entries;

    private Ifd(ByteBuffer tiff, long first, int said) {
        this.tiff = tiff;
        this.first = first;
        this.said = said;
        entries = (int) Math.min(said, (tiff.limit() - first) / ENTRY);
    }

    /** The directory of a block that begins with {@code II} or {@code MM}; without entries where there is none. */
    static Ifd of(ByteBuffer block) {
        ByteBuffer tiff = block.slice();
        int order = tiff.limit() < 8 ? 0 : tiff.getShort(0);
        if (order != 0x4949 && order != 0x4d4d) {
            return new Ifd(tiff, 0, 0);
        }
        tiff.order(order == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        long at = tiff.getInt(4) & 0xffffffffL;
        if (at + 2 > tiff.limit()) {
            return new Ifd(tiff, 0, 0);
        }
        return new Ifd(tiff, at + 2, tiff.getShort((int) at) & 0xffff);
    }

    boolean isEmpty() {
        return entries == 0;
    }

    /** Whether every entry and what it points to is there. */
    boolean isComplete() {
        boolean complete = entries == said;
        for (int i = 0; i < entries && complete; i++) {
            int at = (int) first + i * ENTRY;
            complete = bytes(at) <= 4 || (tiff.getInt(at + 8) & 0xffffffffL) + bytes(at) <= tiff.limit();
        }
        return complete;
    }

    /** Bytes of an entry's values. */
    private long bytes(int at) {
        int type = tiff.getShort(at + 2);
        return (type > 0 && type < WIDTHS.length ? WIDTHS[type] : 0) * (tiff.getInt(at + 4) & 0xffffffffL);
    }

    /** The picture's orientation, 1 to 8; 1 where none is said or an impossible one. */
    int orientation() {
        long said = number(ORIENTATION, UPRIGHT);
        return said >= 1 && said <= 8 ? (int) said : UPRIGHT;
    }

    /** The first of a tag's whole numbers. */
    long number(int tag, long otherwise) {
        long[] all = numbers(tag);
        return all.length == 0 ? otherwise : all[0];
    }

    boolean has(int tag) {
        return entry(tag) >= 0;
    }

    /** A tag's whole numbers of whatever width; empty where there are none, or not as many as are said. */
    long[] numbers(int tag) {
        int at = entry(tag);
        if (at < 0) {
            return new long[0];
        }
        int type = tiff.getShort(at + 2);
        long count = tiff.getInt(at + 4) & 0xffffffffL;
        long from = bytes(at) <= 4 ? at + 8 : tiff.getInt(at + 8) & 0xffffffffL;
        if (!WHOLE.contains(type) || from + bytes(at) > tiff.limit()) {
            return new long[0];
        }
        int width = WIDTHS[type];
        long[] numbers = new long[(int) count];
        for (int i = 0; i < count; i++) {
            int place = (int) from + i * width;
            numbers[i] = switch (width) {
                case 1 -> tiff.get(place) & 0xff;
                case 2 -> tiff.getShort(place) & 0xffff;
                default -> tiff.getInt(place) & 0xffffffffL;
            };
        }
        return numbers;
    }

    /** A tag's number in this block's byte order. */
    ByteBuffer written(int tag) {
        return ByteBuffer.allocate(2).order(tiff.order()).putShort(0, (short) tag);
    }

    /** Where a tag's entry begins in the block; -1 for none. */
    int entry(int tag) {
        for (int i = 0; i < entries; i++) {
            int at = (int) first + i * ENTRY;
            if ((tiff.getShort(at) & 0xffff) == tag) {
                return at;
            }
        }
        return -1;
    }
}
