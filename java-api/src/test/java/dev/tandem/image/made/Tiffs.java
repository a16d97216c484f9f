package dev.tandem.image.made;

import dev.tandem.image.RgbImage;
import java.io.IOException;
import java.util.Arrays;

/** TIFF files of the lossless forms (TIFF 6.0): colours, depths, compressions, strips, tiles, planes, byte orders. */
public final class Tiffs {
    private static final int WHITE_IS_ZERO = 0;
    private static final int RGB = 2;
    private static final int PALETTE = 3;
    private static final int CMYK = 5;

    private Tiffs() {
    }

    public static Made make(Dice dice) {
        int colours = dice.of(WHITE_IS_ZERO, 1, RGB, RGB, PALETTE, CMYK);
        int base = colours == RGB ? 3 : colours == CMYK ? 4 : 1;
        boolean alpha = (colours == 1 || colours == RGB) && dice.in(3);
        int depth = switch (colours) {
            case CMYK -> 8;
            case RGB -> dice.of(8, 16);
            case PALETTE -> dice.of(1, 2, 4, 8);
            default -> alpha ? dice.of(8, 16) : dice.of(1, 2, 4, 8, 16);
        };
        return make(dice, colours, depth, base, alpha ? dice.of(0, 1, 2) : -1);
    }

    /** JPEG in TIFF: components named like this, under these colours in the directory. */
    public static Made jpeg(Dice dice, boolean rgb, int colours, int... ids) throws IOException {
        int width = 1 + dice.below(60);
        int height = 1 + dice.below(60);
        JpegColour colour = ids.length == 1 ? JpegColour.GREY : rgb ? JpegColour.BARE_RGB_IDS : JpegColour.BARE;
        JpegSource source = JpegSource.of(dice, ids.length == 4 ? JpegColour.CMYK : colour,
                dice.picture(width, height));
        byte[] bare = new JpegLayout(dice).bare(source.jpeg(), ids);
        return new Made("JPEG in TIFF of colours " + colours,
                TiffWriter.jpeg(dice, width, height, ids.length, colours, bare), source.pixels(), source.bound());
    }

    private static Made make(Dice dice, int colours, int depth, int base, int alpha) {
        int width = dice.side();
        int height = dice.side();
        int bands = alpha < 0 ? base : base + 1;
        int[] samples = new int[width * height * bands];
        Arrays.setAll(samples, i -> dice.below(1 << depth));
        int[] palette = new int[colours == PALETTE ? 3 << depth : 0];
        Arrays.setAll(palette, i -> dice.below(256) * 257);
        RgbImage stored = RgbImage.black(width, height);
        for (int i = 0; i < stored.rgb().length; i++) {
            int[] pixel = Arrays.copyOfRange(samples, i / 3 * bands, (i / 3 + 1) * bands);
            stored.rgb()[i] = (byte) sample(pixel, i % 3, colours, depth, palette, alpha == 1);
        }
        TiffWriter writer = new TiffWriter(dice, width, height, bands, depth);
        int orientation = dice.of(1, 1 + dice.below(8));
        writer.directory(colours, palette, alpha, orientation);
        return new Made("TIFF of colours " + colours + ", " + writer + (alpha < 0 ? "" : ", alpha " + alpha)
                + ", orientation " + orientation, writer.file(samples), Turned.seen(stored, orientation),
                colours == PALETTE || colours == CMYK ? 1 : 0);
    }

    private static int sample(int[] pixel, int c, int colours, int depth, int[] palette, boolean associated) {
        int value = Samples.byteOf(pixel[colours == RGB || colours == CMYK ? c : 0], depth);
        switch (colours) {
            case WHITE_IS_ZERO -> value = 255 - value;
            case PALETTE -> value = palette[(c << depth) + pixel[0]] >> 8;
            case CMYK -> value = (int) Math.round((255 - value) * (255 - pixel[3]) / 255.0);
            default -> {
                // As stored.
            }
        }
        int opaque = associated ? Samples.byteOf(pixel[pixel.length - 1], depth) : 0;
        return opaque == 0 ? value : Math.min(255, value * 255 / opaque);
    }
}
