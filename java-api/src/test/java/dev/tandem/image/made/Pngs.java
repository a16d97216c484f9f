package dev.tandem.image.made;

import dev.tandem.image.RgbImage;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** PNG files of every colour type, depth, interlacing and filter (ISO/IEC 15948). */
public final class Pngs {
    private static final int[][] PASSES = {{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4},
            {1, 0, 2, 2}, {0, 1, 1, 2}};

    private Pngs() {
    }

    public static Made make(Dice dice) {
        int width = dice.side();
        int height = dice.side();
        int type = dice.of(0, 2, 3, 4, 6);
        int depth = switch (type) {
            case 0 -> dice.of(1, 2, 4, 8, 16);
            case 3 -> dice.of(1, 2, 4, 8);
            default -> dice.of(8, 16);
        };
        int bands = new int[]{1, 0, 3, 1, 2, 0, 4}[type];
        int[] samples = new int[width * height * bands];
        Arrays.setAll(samples, i -> dice.below(1 << depth));
        byte[] palette = dice.bytes(3 << Math.min(depth, 8));
        RgbImage stored = RgbImage.black(width, height);
        for (int i = 0; i < width * height * 3; i++) {
            int sample = samples[i / 3 * bands + (bands >= 3 ? i % 3 : 0)];
            stored.rgb()[i] = type == 3 ? palette[sample * 3 + i % 3] : (byte) Samples.byteOf(sample, depth);
        }
        boolean interlaced = dice.in(2);
        int orientation = dice.of(1, 1 + dice.below(8));
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[]{(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        file.writeBytes(chunk("IHDR", Blocks.joined(Blocks.big(4, width), Blocks.big(4, height),
                new byte[]{(byte) depth, (byte) type, 0, 0, (byte) (interlaced ? 1 : 0)})));
        beside(dice, file, 3);
        file.writeBytes(type == 3 ? chunk("PLTE", palette) : new byte[0]);
        file.writeBytes(type == 3 && dice.in(2) ? chunk("tRNS", dice.bytes(1)) : new byte[0]);
        file.writeBytes(type == 2 && dice.in(3) ? chunk("tRNS", Blocks.big(6, dice.below(200))) : new byte[0]);
        byte[] exif = orientation == 1 ? new byte[0] : chunk("eXIf", Blocks.exif(dice, orientation));
        boolean early = dice.in(2);
        file.writeBytes(early ? exif : new byte[0]);
        byte[] coded = deflated(rows(dice, samples, width, height, bands, depth, interlaced));
        int cut = dice.below(coded.length);
        file.writeBytes(chunk("IDAT", Arrays.copyOf(coded, cut)));
        file.writeBytes(chunk("IDAT", Arrays.copyOfRange(coded, cut, coded.length)));
        beside(dice, file, 5);
        file.writeBytes(early ? new byte[0] : exif);
        file.writeBytes(chunk("IEND", new byte[0]));
        return new Made("PNG of type " + type + ", depth " + depth + (interlaced ? ", interlaced" : "")
                + ", orientation " + orientation, file.toByteArray(), Turned.seen(stored, orientation), 0);
    }

    /** Chunks that have no say, right or wrong. */
    private static void beside(Dice dice, ByteArrayOutputStream file, int oneIn) {
        if (dice.in(oneIn)) {
            byte[] profile = Blocks.profile(dice);
            file.writeBytes(chunk("iCCP",
                    dice.in(2) ? profile : Blocks.joined(Blocks.text("p\0\0"), deflated(profile))));
        }
        if (dice.in(oneIn)) {
            file.writeBytes(chunk("gAMA", dice.in(2) ? Blocks.big(4, 100_000) : dice.bytes(dice.below(3))));
        }
        if (dice.in(oneIn)) {
            byte[] broken = chunk(dice.of("zTXt", "tEXt", "pHYs", "tIME", "fdAT", "sRGB"), dice.bytes(dice.below(30)));
            broken[broken.length - 1] += (byte) dice.below(2);
            file.writeBytes(broken);
        }
    }

    static byte[] chunk(String type, byte[] payload) {
        CRC32 sum = new CRC32();
        sum.update(Blocks.text(type));
        sum.update(payload);
        return Blocks.joined(Blocks.big(4, payload.length), Blocks.text(type), payload, Blocks.big(4, sum.getValue()));
    }

    static byte[] deflated(byte[] bytes) {
        Deflater deflater = new Deflater();
        deflater.setInput(bytes);
        deflater.finish();
        byte[] target = new byte[bytes.length * 2 + 100];
        int length = deflater.deflate(target);
        deflater.end();
        return Arrays.copyOf(target, length);
    }

    private static byte[] rows(Dice dice, int[] samples, int width, int height, int bands, int depth,
            boolean interlaced) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        int[][] passes = interlaced ? PASSES : new int[][]{{0, 0, 1, 1}};
        for (int[] pass : passes) {
            byte[] above = null;
            for (int y = pass[1]; y < height && pass[0] < width; y += pass[3]) {
                Bits bits = new Bits(true);
                for (int x = pass[0]; x < width; x += pass[2]) {
                    for (int band = 0; band < bands; band++) {
                        bits.put(samples[(y * width + x) * bands + band], depth);
                    }
                }
                byte[] row = bits.bytes();
                above = above == null ? new byte[row.length] : above;
                all.writeBytes(filtered(dice.below(5), row, above, Math.max(1, bands * depth / 8)));
                above = row;
            }
        }
        return all.toByteArray();
    }

    private static byte[] filtered(int filter, byte[] row, byte[] above, int step) {
        byte[] result = new byte[row.length + 1];
        result[0] = (byte) filter;
        for (int i = 0; i < row.length; i++) {
            int left = i < step ? 0 : row[i - step] & 0xff;
            int up = above[i] & 0xff;
            int corner = i < step ? 0 : above[i - step] & 0xff;
            int guess = switch (filter) {
                case 1 -> left;
                case 2 -> up;
                case 3 -> (left + up) / 2;
                case 4 -> paeth(left, up, corner);
                default -> 0;
            };
            result[i + 1] = (byte) (row[i] - guess);
        }
        return result;
    }

    private static int paeth(int left, int up, int corner) {
        int a = Math.abs(up - corner);
        int b = Math.abs(left - corner);
        int c = Math.abs(left + up - 2 * corner);
        return a <= b && a <= c ? left : b <= c ? up : corner;
    }
}
