package dev.tandem.image.made;

import dev.tandem.image.RgbImage;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;

/** Pictures of AWT and ours, sample by sample. */
public final class Plain {
    private Plain() {
    }

    /** RGB or grey samples of 8 bits as they are stored, whatever the colour model says. */
    public static RgbImage rgb(BufferedImage picture) {
        Raster raster = picture.getRaster();
        RgbImage image = RgbImage.black(picture.getWidth(), picture.getHeight());
        for (int i = 0; i < image.rgb().length; i++) {
            int band = raster.getNumBands() < 3 ? 0 : i % 3;
            image.rgb()[i] = (byte) raster.getSample(i / 3 % image.width(), i / 3 / image.width(), band);
        }
        return image;
    }

    public static BufferedImage picture(RgbImage image) {
        BufferedImage picture = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_3BYTE_BGR);
        for (int i = 0; i < image.rgb().length; i++) {
            picture.getRaster().setSample(i / 3 % image.width(), i / 3 / image.width(), i % 3, image.rgb()[i] & 0xff);
        }
        return picture;
    }
}
