package dev.tandem.image.made;

import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Lays a TIFF file out: how samples are cut and coded is drawn. */
final class TiffWriter {
    private static final int NONE = 1;
    private static final int LZW = 5;
    private static final int JPEG = 7;
    private static final int DEFLATE = 8;
    private static final int OLD_DEFLATE = 32946;
    private static final int PACKBITS = 32773;

    private final Dice dice;
    private final int width;
    private final int height;
    private final int bands;
    private final int depth;
    private final ByteOrder order;
    private final int compression;
    private final boolean predicted;
    private final boolean planes;
    private final boolean tiled;
    private final int partWidth;
    private final int partHeight;
    private final Map<Integer, long[]> fields = new TreeMap<>();
    private byte[] profile = new byte[0];

    /** However it falls, without loss. */
    TiffWriter(Dice dice, int width, int height, int bands, int depth) {
        this(dice, width, height, bands, depth, dice.of(NONE, LZW, DEFLATE, OLD_DEFLATE, PACKBITS), dice.in(3));
    }

    private TiffWriter(Dice dice, int width, int height, int bands, int depth, int compression, boolean tiled) {
        this.dice = dice;
        this.width = width;
        this.height = height;
        this.bands = bands;
        this.depth = depth;
        order = dice.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN);
        this.compression = compression;
        predicted = depth == 8 && (compression == LZW || compression == DEFLATE || compression == OLD_DEFLATE)
                && dice.in(2);
        planes = bands > 1 && compression != JPEG && dice.in(3);
        this.tiled = tiled;
        partWidth = tiled ? 16 * (1 + dice.below(3)) : width;
        partHeight = tiled ? 16 * (1 + dice.below(3)) : compression == JPEG ? height : 1 + dice.below(height);
    }

    /** A JPEG stream as the only strip. */
    static byte[] jpeg(Dice dice, int width, int height, int bands, int colours, byte[] jpeg) {
        TiffWriter writer = new TiffWriter(dice, width, height, bands, 8, JPEG, false);
        writer.directory(colours, new int[0], -1, 1);
        return writer.laid(List.of(jpeg));
    }

    void directory(int colours, int[] palette, int alpha, int orientation) {
        fields.put(256, new long[]{width});
        fields.put(257, new long[]{height});
        long[] bits = new long[bands];
        Arrays.fill(bits, depth);
        fields.put(258, bits);
        fields.put(259, new long[]{compression});
        fields.put(262, new long[]{colours});
        fields.put(277, new long[]{bands});
        fields.put(284, new long[]{planes ? 2 : 1});
        fields.put(tiled ? 322 : 278, new long[]{tiled ? partWidth : partHeight});
        if (tiled) {
            fields.put(323, new long[]{partHeight});
        }
        if (orientation != 1 || dice.in(2)) {
            fields.put(274, new long[]{orientation});
        }
        if (predicted) {
            fields.put(317, new long[]{2});
        }
        if (palette.length > 0) {
            fields.put(320, Arrays.stream(palette).asLongStream().toArray());
        }
        if (alpha >= 0) {
            fields.put(338, new long[]{alpha});
        }
        profile = dice.in(3) ? Blocks.profile(dice) : profile;
    }

    @Override
    public String toString() {
        return depth + " bits, compression " + compression + (predicted ? ", predicted" : "")
                + (planes ? ", planes" : "") + (tiled ? ", tiled" : "") + (profile.length > 0 ? ", profile" : "");
    }

    byte[] file(int[] samples) {
        int across = (width + partWidth - 1) / partWidth;
        int down = (height + partHeight - 1) / partHeight;
        int layers = planes ? bands : 1;
        List<byte[]> parts = new ArrayList<>();
        for (int i = 0; i < across * down * layers; i++) {
            int inLayer = i % (across * down);
            parts.add(part(samples, inLayer % across * partWidth, inLayer / across * partHeight,
                    i / (across * down)));
        }
        return laid(parts);
    }

    private byte[] laid(List<byte[]> parts) {
        long[] places = new long[parts.size()];
        long[] lengths = new long[places.length];
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        for (int i = 0; i < places.length; i++) {
            places[i] = 8 + data.size();
            lengths[i] = parts.get(i).length;
            data.writeBytes(parts.get(i));
            data.writeBytes(new byte[data.size() & 1]);
        }
        fields.put(tiled ? 324 : 273, places);
        fields.put(tiled ? 325 : 279, lengths);
        int directory = 8 + data.size();
        return Blocks.joined(order == ByteOrder.BIG_ENDIAN ? Blocks.text("MM\0*") : Blocks.text("II*\0"),
                TiffEntries.number(order, 4, directory), data.toByteArray(),
                new TiffEntries(order, directory, fields, profile).bytes());
    }

    private byte[] part(int[] samples, int left, int top, int layer) {
        int rows = tiled ? partHeight : Math.min(partHeight, height - top);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int y = top; y < top + rows; y++) {
            Bits bits = new Bits(true);
            int[] before = new int[bands];
            for (int x = left; x < left + partWidth; x++) {
                for (int band = planes ? layer : 0; band < (planes ? layer + 1 : bands); band++) {
                    int value = x < width && y < height ? samples[(y * width + x) * bands + band] : 0;
                    int coded = predicted ? value - before[band] & 0xff : value;
                    before[band] = value;
                    bits.put(depth == 16 && order == ByteOrder.LITTLE_ENDIAN
                            ? Short.reverseBytes((short) coded) & 0xffff
                            : coded, depth);
                }
            }
            byte[] row = bits.bytes();
            all.writeBytes(compression == PACKBITS ? packed(row) : row);
        }
        return switch (compression) {
            case LZW -> Bits.lzw(all.toByteArray(), 8, true);
            case DEFLATE, OLD_DEFLATE -> Pngs.deflated(all.toByteArray());
            default -> all.toByteArray();
        };
    }

    /** Runs of equal bytes, and bytes as they are. */
    private static byte[] packed(byte[] row) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int at = 0; at < row.length;) {
            int run = 1;
            while (at + run < row.length && run < 128 && row[at + run] == row[at]) {
                run++;
            }
            all.write(run > 1 ? 1 - run : 0);
            all.write(row[at]);
            at += run;
        }
        return all.toByteArray();
    }
}
