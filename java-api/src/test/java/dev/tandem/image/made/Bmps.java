package dev.tandem.image.made;

import dev.tandem.image.RgbImage;
import java.io.ByteArrayOutputStream;

/** BMP files: palettes, 16, 24 and 32 bits, rows from either end, short and long headers, profiles. */
public final class Bmps {
    private Bmps() {
    }

    public static Made make(Dice dice) {
        int width = dice.side();
        int height = dice.side();
        int depth = dice.of(1, 4, 8, 16, 24, 32);
        int header = dice.of(40, 40, 124);
        boolean down = dice.in(3);
        byte[] palette = dice.bytes(depth <= 8 ? 4 << depth : 0);
        RgbImage stored = RgbImage.black(width, height);
        int[] values = new int[width * height];
        for (int i = 0; i < values.length; i++) {
            values[i] = dice.below(depth <= 16 ? 1 << Math.min(depth, 15) : 1 << 24);
            for (int c = 0; c < 3; c++) {
                int value = switch (depth) {
                    case 16 -> Samples.byteOf(values[i] >> 10 - 5 * c & 31, 5);
                    case 24, 32 -> values[i] >> 16 - 8 * c;
                    default -> palette[values[i] * 4 + 2 - c];
                };
                stored.rgb()[i * 3 + c] = (byte) value;
            }
        }
        byte[] pixels = pixels(values, width, height, depth, down);
        byte[] profile = header == 124 ? Blocks.profile(dice) : new byte[0];
        int offset = 14 + header + palette.length;
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(Blocks.joined(Blocks.text("BM"), Blocks.little(4, offset + pixels.length + profile.length),
                Blocks.little(4, 0), Blocks.little(4, offset), Blocks.little(4, header), Blocks.little(4, width),
                Blocks.little(4, down ? -height : height), Blocks.little(2, 1), Blocks.little(2, depth),
                Blocks.little(4, 0), Blocks.little(4, pixels.length), new byte[16]));
        if (header == 124) {
            file.writeBytes(Blocks.joined(new byte[16], Blocks.text(dice.of("DEBM", "KNIL", "BGRs", "\3\0\0\0",
                    "\4\0\0\0")), new byte[36 + 12],
                    Blocks.little(4, 4), Blocks.little(4, offset - 14 + pixels.length),
                    Blocks.little(4, profile.length), new byte[4]));
        }
        file.writeBytes(palette);
        file.writeBytes(pixels);
        file.writeBytes(profile);
        return new Made("BMP of depth " + depth + ", header " + header + (down ? ", downwards" : ""),
                file.toByteArray(), stored, 0);
    }

    private static byte[] pixels(int[] values, int width, int height, int depth, boolean down) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int row = 0; row < height; row++) {
            int y = down ? row : height - 1 - row;
            Bits bits = new Bits(true);
            for (int x = 0; x < width; x++) {
                int value = values[y * width + x];
                if (depth > 8) {
                    for (int i = 0; i < depth / 8; i++) {
                        bits.put(value >> 8 * i & 0xff, 8);
                    }
                } else {
                    bits.put(value, depth);
                }
            }
            byte[] line = bits.bytes();
            all.writeBytes(line);
            all.writeBytes(new byte[(4 - line.length % 4) % 4]);
        }
        return all.toByteArray();
    }
}
