package dev.tandem.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/** Takes the stored samples out of a {@link BufferedImage}, and puts them in. */
final class Pixels {
    private Pixels() {
    }

    /**
     * RGB samples as stored. {@code getRGB} would convert grey through a linear colour space and apply profiles, both
     * of which the training pre-processing does not, so it is used for palettes only. The picture may be emptied.
     *
     * @throws PictureException for colours that are neither grey, RGB nor CMYK
     */
    static RgbImage rgb(BufferedImage picture) throws PictureException {
        RgbImage.checkSize(picture.getWidth(), picture.getHeight());
        ColorModel model = picture.getColorModel();
        if (picture.getType() == BufferedImage.TYPE_3BYTE_BGR
                && picture.getRaster().getDataBuffer() instanceof DataBufferByte bytes
                && bytes.getData().length == picture.getWidth() * picture.getHeight() * 3) {
            return swapped(picture.getWidth(), picture.getHeight(), bytes.getData());
        }
        RgbImage result = RgbImage.black(picture.getWidth(), picture.getHeight());
        int space = model.getColorSpace().getType();
        if (space != ColorSpace.TYPE_GRAY && space != ColorSpace.TYPE_RGB && space != ColorSpace.TYPE_CMYK) {
            throw new PictureException("colours of the kind [" + space + "]; needed grey, RGB or CMYK");
        }
        int[] row = new int[picture.getWidth() * picture.getRaster().getNumBands()];
        for (int y = 0; y < result.height(); y++) {
            if (model instanceof IndexColorModel) {
                palette(picture, y, result);
            } else {
                samples(picture.getRaster(), y, model, row, result);
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

    /** A big photograph is not held twice. */
    private static RgbImage swapped(int width, int height, byte[] bgr) {
        for (int i = 0; i < bgr.length; i += 3) {
            byte blue = bgr[i];
            bgr[i] = bgr[i + 2];
            bgr[i + 2] = blue;
        }
        return new RgbImage(width, height, bgr);
    }

    private static void samples(Raster raster, int y, ColorModel model, int[] row, RgbImage target) {
        int bands = raster.getNumBands();
        int space = model.getColorSpace().getType();
        int alpha = model.hasAlpha() && model.isAlphaPremultiplied() ? bands - 1 : -1;
        raster.getPixels(raster.getMinX(), raster.getMinY() + y, target.width(), 1, row);
        for (int band = 0; band < bands; band++) {
            int bits = model.getComponentSize(band);
            for (int i = band; bits != 8 && i < row.length; i += bands) {
                row[i] = byteOf(row[i], bits);
            }
        }
        for (int x = 0, at = y * target.width() * 3; x < target.width(); x++, at += 3) {
            for (int c = 0; c < 3; c++) {
                int value = row[x * bands + (space == ColorSpace.TYPE_GRAY ? 0 : c)];
                if (space == ColorSpace.TYPE_CMYK) {
                    value = (255 - value) * (255 - row[x * bands + 3]) / 255;
                } else if (alpha >= 0 && row[x * bands + alpha] != 0) {
                    value = Math.min(255, value * 255 / row[x * bands + alpha]);
                }
                target.rgb()[at + c] = (byte) value;
            }
        }
    }

    /** A sample of so many bits; of 16 the upper half, as training reads them. */
    private static int byteOf(int sample, int bits) {
        if (bits > 8) {
            return sample >> bits - 8;
        }
        int most = (1 << bits) - 1;
        return (sample * 255 * 2 + most) / (2 * most);
    }

    private static void palette(BufferedImage picture, int y, RgbImage target) {
        for (int x = 0, at = y * target.width() * 3; x < target.width(); x++, at += 3) {
            int rgb = picture.getRGB(x, y);
            target.rgb()[at] = (byte) (rgb >> 16);
            target.rgb()[at + 1] = (byte) (rgb >> 8);
            target.rgb()[at + 2] = (byte) rgb;
        }
    }
}
