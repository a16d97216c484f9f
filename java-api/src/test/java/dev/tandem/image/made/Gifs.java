package dev.tandem.image.made;

import dev.tandem.image.RgbImage;
import java.io.ByteArrayOutputStream;

/** GIF files: a frame on its screen, palettes in either place, interlaced, transparent, animated. */
public final class Gifs {
    private Gifs() {
    }

    public static Made make(Dice dice) {
        int width = dice.side();
        int height = dice.side();
        int left = dice.in(2) ? 0 : dice.below(20);
        int top = dice.in(2) ? 0 : dice.below(20);
        int screenWidth = left + width + (dice.in(2) ? 0 : dice.below(20));
        int screenHeight = top + height + (dice.in(2) ? 0 : dice.below(20));
        int depth = 1 + dice.below(8);
        byte[] global = dice.in(3) ? new byte[0] : dice.bytes(3 << depth);
        byte[] local = global.length == 0 || dice.in(4) ? dice.bytes(3 << depth) : new byte[0];
        byte[] table = local.length > 0 ? local : global;
        int background = dice.below(1 << depth);
        boolean interlaced = dice.in(2);
        int transparent = dice.in(2) ? dice.below(1 << depth) : -1;
        int index = Math.max(0, transparent);
        RgbImage screen = RgbImage.black(screenWidth, screenHeight);
        for (int i = 0; i < screen.rgb().length; i++) {
            screen.rgb()[i] = table[index * 3 + i % 3];
        }
        byte[] indices = new byte[width * height];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = (byte) dice.below(1 << depth);
            for (int c = 0; c < 3; c++) {
                int at = (top + i / width) * screenWidth + left + i % width;
                screen.rgb()[at * 3 + c] = table[(indices[i] & 0xff) * 3 + c];
            }
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        boolean plain = transparent < 0 && dice.in(2);
        boolean claimsLess = dice.in(6); // a screen smaller than its frame
        file.writeBytes(Blocks.joined(Blocks.text(plain ? "GIF87a" : "GIF89a"),
                Blocks.little(2, claimsLess ? 0 : screenWidth), Blocks.little(2, claimsLess ? 0 : screenHeight),
                new byte[]{(byte) packed(global, depth), (byte) background, 0}, global));
        if (!plain) {
            file.writeBytes(new byte[]{0x21, (byte) 0xfe, 2, 'h', 'i', 0});
            file.writeBytes(new byte[]{0x21, (byte) 0xf9, 4, (byte) (transparent >= 0 ? 1 : 0), 10, 0,
                    (byte) Math.max(0, transparent), 0});
        }
        byte[] frame = frame(indices, width, height, left, top, depth, interlaced, local);
        file.writeBytes(frame);
        file.writeBytes(dice.in(3) ? frame : new byte[0]);
        file.write(0x3b);
        RgbImage expected = claimsLess ? cut(screen, left + width, top + height) : screen;
        return new Made("GIF of depth " + depth + " at " + left + ", " + top + (interlaced ? ", interlaced" : "")
                + (transparent >= 0 ? ", transparent" : ""), file.toByteArray(), expected, 0);
    }

    private static RgbImage cut(RgbImage image, int width, int height) {
        return image.crop(0, 0, width, height);
    }

    private static int packed(byte[] table, int depth) {
        return table.length == 0 ? 0 : 0x80 | depth - 1;
    }

    /** A frame: its descriptor, its own palette if it has one, its pixels. */
    public static byte[] frame(byte[] indices, int width, int height, int left, int top, int depth,
            boolean interlaced, byte[] local) {
        byte[] ordered = indices;
        if (interlaced) {
            ordered = new byte[indices.length];
            int row = 0;
            for (int[] pass : new int[][]{{0, 8}, {4, 8}, {2, 4}, {1, 2}}) {
                for (int y = pass[0]; y < height; y += pass[1]) {
                    System.arraycopy(indices, y * width, ordered, row++ * width, width);
                }
            }
        }
        int size = Math.max(2, depth);
        byte[] codes = Bits.lzw(ordered, size, false);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.writeBytes(Blocks.joined(new byte[]{0x2c}, Blocks.little(2, left), Blocks.little(2, top),
                Blocks.little(2, width), Blocks.little(2, height),
                new byte[]{(byte) (packed(local, depth) | (interlaced ? 0x40 : 0))}, local, new byte[]{(byte) size}));
        for (int at = 0; at < codes.length; at += 255) {
            int length = Math.min(255, codes.length - at);
            frame.write(length);
            frame.write(codes, at, length);
        }
        frame.write(0);
        return frame.toByteArray();
    }
}
