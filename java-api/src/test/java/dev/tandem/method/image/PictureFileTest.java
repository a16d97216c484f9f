package dev.tandem.method.image;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.image.ImageWriter;
import dev.tandem.image.RgbImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** What an edge takes as a picture, judged before anything is decoded. */
class PictureFileTest {
    private static final PictureFile FILES = PictureFile.of(64, 48);

    private static RgbImage picture(int width, int height) {
        byte[] rgb = new byte[width * height * 3];
        new Random(width * 7L + height).nextBytes(rgb);
        return new RgbImage(width, height, rgb);
    }

    private static void refused(byte[] file, String format, String words) {
        CorruptBitstreamException why = assertThrows(CorruptBitstreamException.class, () -> FILES.check(file, format));
        assertTrue(why.getMessage().contains(words), why.getMessage());
    }

    /** First place of a marker. */
    private static int find(byte[] jpeg, int marker) {
        for (int i = 0; i + 1 < jpeg.length; i++) {
            if (jpeg[i] == (byte) 0xff && (jpeg[i + 1] & 0xff) == marker) {
                return i;
            }
        }
        return -1;
    }

    private static byte[] insert(byte[] into, int at, byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(into, 0, at);
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        all.write(into, at, into.length - at);
        return all.toByteArray();
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    @Test
    void whatADeviceWritesIsTakenAtEverySizeAndQuality() {
        for (int quality : new int[]{1, 10, 50, 75, 95, 100}) {
            for (int[] size : new int[][]{{64, 48}, {1, 1}, {7, 31}, {128, 96}, {96, 128}}) {
                for (String format : new String[]{"jpeg", "webp"}) {
                    byte[] file = ImageWriter.write(picture(size[0], size[1]), format, quality);
                    assertDoesNotThrow(() -> FILES.check(file, format), format + quality + Arrays.toString(size));
                }
            }
        }
    }

    @Test
    void aPictureOfMoreThanFourTimesTheEncodersPixelsIsRefused() {
        for (String format : new String[]{"jpeg", "webp"}) {
            byte[] most = ImageWriter.write(picture(128, 96), format, 5);
            byte[] more = ImageWriter.write(picture(128, 97), format, 5);
            byte[] wide = ImageWriter.write(picture(12_289, 1), format, 5);
            assertDoesNotThrow(() -> FILES.check(most, format));
            refused(more, format, "1 to 12288 pixels, since the encoder takes no more, found [128 x 97]");
            refused(wide, format, "[12289 x 1]");
        }
    }

    @Test
    void onlyThePointsOwnFormatIsTaken() throws IOException {
        byte[] jpeg = ImageWriter.write(picture(64, 48), "jpeg", 50);
        byte[] webp = ImageWriter.write(picture(64, 48), "webp", 50);
        refused(webp, "jpeg", "a JPEG in baseline");
        refused(jpeg, "webp", "a plain WebP");
        for (String other : new String[]{"png", "gif", "bmp"}) {
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            assertTrue(ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), other, file));
            refused(file.toByteArray(), "jpeg", "a JPEG in baseline");
            refused(file.toByteArray(), "webp", "a plain WebP");
        }
        assertThrows(IllegalArgumentException.class, () -> FILES.check(jpeg, "png"));
    }

    /** A scan costs its picture's pixels, however few bytes it has. */
    @Test
    void moreScansThanAnEncoderWritesAreRefused() {
        byte[] jpeg = ImageWriter.write(picture(64, 48), "jpeg", 50);
        int end = jpeg.length - 2;
        byte[] scan = bytes(0xff, 0xda, 0, 8, 1, 1, 0, 1, 63, 0, 0x12, 0x34, 0xff, 0, 0x56, 0xff, 0xd0, 0x78);
        int own = 0;
        for (int i = find(jpeg, 0xda); i < end; i++) {
            own += jpeg[i] == (byte) 0xff && jpeg[i + 1] == (byte) 0xda ? 1 : 0;
        }
        byte[][] fits = new byte[JpegStructure.MOST_SCANS - own][];
        Arrays.fill(fits, scan);
        assertDoesNotThrow(() -> FILES.check(insert(jpeg, end, fits), "jpeg"));
        byte[][] more = new byte[fits.length + 1][];
        Arrays.fill(more, scan);
        refused(insert(jpeg, end, more), "jpeg", "at most 20 scans");
    }

    @Test
    void whatAReaderCouldUnpackOrMisreadIsRefused() {
        byte[] jpeg = ImageWriter.write(picture(64, 48), "jpeg", 50);
        int frame = find(jpeg, find(jpeg, 0xc0) >= 0 ? 0xc0 : 0xc2);
        refused(insert(jpeg, 2, bytes(0xff, 0xe2, 0, 4, 1, 2)), "jpeg", "segment ffe2");
        refused(insert(jpeg, 2, bytes(0xff, 0xe1, 0, 4, 1, 2)), "jpeg", "segment ffe1");
        refused(insert(jpeg, frame, Arrays.copyOfRange(jpeg, frame, frame + 19)), "jpeg", "a second frame");
        refused(Arrays.copyOf(jpeg, jpeg.length + 1), "jpeg", "a JPEG in baseline");
        byte[] arithmetic = jpeg.clone();
        arithmetic[frame + 1] = (byte) 0xc9;
        refused(arithmetic, "jpeg", "segment ffc9");
        byte[] deep = jpeg.clone();
        deep[frame + 4] = 12;
        refused(deep, "jpeg", "12 bits");
        byte[] flat = jpeg.clone();
        flat[frame + 5] = 0;
        flat[frame + 6] = 0;
        refused(flat, "jpeg", "64 x 0");
        refused(new byte[1 << 17], "jpeg", "at most 65536 bytes");
        byte[] webp = ImageWriter.write(picture(64, 48), "webp", 50);
        byte[] extended = webp.clone();
        extended[15] = 'X';
        refused(extended, "webp", "another chunk");
    }

    /** Each cut is refused; each damage is refused or taken, and never anything else. */
    @Test
    void damageIsRefusedInWords() {
        Random random = new Random(5);
        for (String format : new String[]{"jpeg", "webp"}) {
            byte[] file = ImageWriter.write(picture(40, 30), format, 60);
            for (int cut = 0; cut < file.length; cut++) {
                byte[] part = Arrays.copyOf(file, cut);
                assertThrows(CorruptBitstreamException.class, () -> FILES.check(part, format), format + cut);
            }
            int taken = 0;
            for (int i = 0; i < 5000; i++) {
                byte[] bad = file.clone();
                bad[random.nextInt(bad.length)] = (byte) random.nextInt();
                try {
                    FILES.check(bad, format);
                    taken++;
                } catch (CorruptBitstreamException e) {
                    assertTrue(e.getMessage().contains("drop it"));
                }
            }
            assertTrue(taken > 100 && taken < 5000, format + " " + taken);
        }
        assertEquals(3L * 4 * 224 * 224, PictureFile.of(224, 224).mostBytes());
    }
}
