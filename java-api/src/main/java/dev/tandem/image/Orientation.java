package dev.tandem.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How a camera was held, from the Exif block of a JPEG file (Exif 2.3, tag 0x0112). A phone stores its sensor's rows as
 * they are and says here which way is up; ImageIO ignores it.
 */
final class Orientation {
    static final int UPRIGHT = 1;
    private static final int TAG = 0x0112;
    private static final int EXIF = 0x45786966; // "Exif"

    private Orientation() {
    }

    /** 1 to 8; 1 where the file is no JPEG, says nothing, or says something impossible. */
    static int of(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file);
        if (file.length < 4 || bytes.getShort(0) != (short) 0xffd8) {
            return UPRIGHT;
        }
        for (int at = 2; at + 4 <= file.length && bytes.get(at) == (byte) 0xff;) {
            int marker = bytes.get(at + 1) & 0xff;
            int end = at + 2 + (bytes.getShort(at + 2) & 0xffff);
            if (marker == 0xda || end > file.length) {
                return UPRIGHT; // the scan begins, or the file is cut
            }
            if (marker == 0xe1 && end - at >= 18 && bytes.getInt(at + 4) == EXIF) {
                return ofTiff(bytes.slice(at + 10, end - at - 10));
            }
            at = end;
        }
        return UPRIGHT;
    }

    private static int ofTiff(ByteBuffer tiff) {
        tiff.order(tiff.getShort(0) == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        long directory = tiff.getInt(4) & 0xffffffffL;
        if (directory + 2 > tiff.limit()) {
            return UPRIGHT;
        }
        int entries = tiff.getShort((int) directory) & 0xffff;
        for (int i = 0, at = (int) directory + 2; i < entries && at + 12 <= tiff.limit(); i++, at += 12) {
            if ((tiff.getShort(at) & 0xffff) == TAG) {
                int found = tiff.getShort(at + 8);
                return found >= 1 && found <= 8 ? found : UPRIGHT;
            }
        }
        return UPRIGHT;
    }

    /** The picture as it was seen. */
    static RgbImage apply(RgbImage image, int orientation) {
        if (orientation == UPRIGHT) {
            return image;
        }
        boolean turned = orientation >= 5;
        int width = turned ? image.height() : image.width();
        int height = turned ? image.width() : image.height();
        RgbImage result = RgbImage.black(width, height);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int fromX = turned ? y : x;
                int fromY = turned ? x : y;
                // Stored columns run from the right in 2, 3, 7 and 8, stored rows from the bottom in 3, 4, 6 and 7.
                if (orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8) {
                    fromX = image.width() - 1 - fromX;
                }
                if (orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7) {
                    fromY = image.height() - 1 - fromY;
                }
                System.arraycopy(image.rgb(), (fromY * image.width() + fromX) * 3, result.rgb(), (y * width + x) * 3,
                        3);
            }
        }
        return result;
    }
}
