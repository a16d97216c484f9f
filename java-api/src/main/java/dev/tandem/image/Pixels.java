package dev.tandem.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/** Takes the stored samples out of a {@link BufferedImage}, and puts them in. */
final class Pixels {
    private Pixels() {
    }

    /**
     * RGB samples as stored. {@code getRGB} would convert grey through a linear colour space and apply profiles, both
     * of which the training pre-processing does not, so it is used for palettes and odd layouts only.
     */
    static RgbImage rgb(BufferedImage picture) {
        RgbImage.checkSize(picture.getWidth(), picture.getHeight());
        RgbImage result = RgbImage.black(picture.getWidth(), picture.getHeight());
        ColorModel model = picture.getColorModel();
        int bits = model.getComponentSize(0);
        int space = model.getColorSpace().getType();
        boolean stored = !(model instanceof IndexColorModel) && (bits == 8 || bits == 16)
                && (space == ColorSpace.TYPE_GRAY || space == ColorSpace.TYPE_RGB || space == ColorSpace.TYPE_CMYK);
        for (int y = 0; y < result.height(); y++) {
            if (stored) {
                samples(picture.getRaster(), y, space, bits - 8, result);
            } else {
                packed(picture, y, result);
            }
        }
        return result;
    }

    /** A picture that ImageIO can write. */
    static BufferedImage buffered(RgbImage image) {
        BufferedImage picture = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_3BYTE_BGR);
        int[] row = new int[image.width() * 3];
        for (int y = 0; y < image.height(); y++) {
            for (int i = 0; i < row.length; i++) {
                row[i] = image.rgb()[y * row.length + i] & 0xff;
            }
            picture.getRaster().setPixels(0, y, image.width(), 1, row);
        }
        return picture;
    }

    private static void samples(Raster raster, int y, int space, int shift, RgbImage target) {
        int bands = raster.getNumBands();
        int[] row = raster.getPixels(raster.getMinX(), raster.getMinY() + y, target.width(), 1, (int[]) null);
        for (int x = 0, at = y * target.width() * 3; x < target.width(); x++, at += 3) {
            for (int c = 0; c < 3; c++) {
                int value = row[x * bands + (space == ColorSpace.TYPE_GRAY ? 0 : c)] >> shift;
                target.rgb()[at + c] = (byte) (space == ColorSpace.TYPE_CMYK
                        ? (255 - value) * (255 - (row[x * bands + 3] >> shift)) / 255
                        : value);
            }
        }
    }

    private static void packed(BufferedImage picture, int y, RgbImage target) {
        for (int x = 0, at = y * target.width() * 3; x < target.width(); x++, at += 3) {
            int rgb = picture.getRGB(x, y);
            target.rgb()[at] = (byte) (rgb >> 16);
            target.rgb()[at + 1] = (byte) (rgb >> 8);
            target.rgb()[at + 2] = (byte) rgb;
        }
    }
}
