package dev.tandem.image;

import java.util.Arrays;
import java.util.Set;

/**
 * How a TIFF's samples are stored.
 *
 * @param compression as in the file, as all others
 * @param colours     photometric interpretation
 * @param samples     a pixel
 * @param bits        of each sample
 * @param extra       samples beside the colours
 * @param whole       whether samples are whole numbers without a sign
 */
record TiffForm(long compression, long colours, long samples, long[] bits, int extra, boolean whole) {
    static final long JPEG = 7;
    static final long YCBCR = 6;
    private static final long RGB = 2;
    private static final long CMYK = 5;
    private static final long PALETTE = 3;
    /** CCITT's three. */
    private static final Set<Long> FAX = Set.of(2L, 3L, 4L);
    /** None, LZW, deflate by both names, PackBits. */
    private static final Set<Long> LOSSLESS = Set.of(1L, 5L, 8L, 32946L, 32773L);

    static TiffForm of(Ifd page) {
        long[] bits = page.numbers(258);
        boolean whole = Arrays.stream(page.numbers(339)).allMatch(format -> format == 1 || format == 4);
        boolean cmyk = page.number(332, 1) == 1;
        return new TiffForm(page.number(259, 1), cmyk ? page.number(262, -1) : -1, page.number(277, 1),
                bits.length == 0 ? new long[]{1} : bits, page.numbers(338).length, whole);
    }

    /** Whether it is one of those that are read. */
    boolean isRead() {
        int base = base();
        boolean same = Arrays.stream(bits).allMatch(depth -> depth == bits[0]);
        if (base == 0 || !whole || !same || samples != base + extra || extra > (colours == CMYK ? 0 : 1)) {
            return false;
        }
        if (compression == JPEG) {
            return bits[0] == 8 && extra == 0 && colours != CMYK && colours != PALETTE && colours != 0;
        }
        return colours != YCBCR && depth() && (LOSSLESS.contains(compression)
                || FAX.contains(compression) && samples == 1 && bits[0] == 1);
    }

    private int base() {
        return switch ((int) colours) {
            case 0, 1, (int) PALETTE -> 1;
            case (int) RGB, (int) YCBCR -> 3;
            case (int) CMYK -> 4;
            default -> 0;
        };
    }

    private boolean depth() {
        if (samples > 1) {
            return bits[0] == 8 || bits[0] == 16 && colours != CMYK;
        }
        return Set.of(1L, 2L, 4L, 8L).contains(bits[0]) || bits[0] == 16 && colours != PALETTE;
    }

    String words() {
        return "a TIFF with compression [" + compression + "], colours [" + colours + "], [" + samples
                + "] samples of " + Arrays.toString(bits) + " bits" + (whole ? "" : " that are no whole numbers")
                + "; needed grey, a palette, RGB or CMYK, uncompressed or by LZW, deflate, PackBits, fax or (not CMYK) "
                + "JPEG: convert it to PNG first";
    }
}
