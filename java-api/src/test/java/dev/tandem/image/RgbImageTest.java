package dev.tandem.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.tensor.DType;
import dev.tandem.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Pictures in memory: what a size, a part and a sample may be. */
class RgbImageTest {
    private static RgbImage numbered(int width, int height) {
        RgbImage image = RgbImage.black(width, height);
        for (int i = 0; i < image.rgb().length; i++) {
            image.rgb()[i] = (byte) i;
        }
        return image;
    }

    @Test
    void aPictureHasThreeBytesAPixelAndNoOtherNumber() {
        assertDoesNotThrow(() -> new RgbImage(3, 2, new byte[18]));
        for (int bytes : new int[]{0, 6, 17, 19}) {
            assertTrue(assertThrows(IllegalArgumentException.class, () -> new RgbImage(3, 2, new byte[bytes]))
                    .getMessage().endsWith("with [" + bytes + "] bytes; 18 are needed"));
        }
        assertThrows(IllegalArgumentException.class, () -> new RgbImage(0, 2, new byte[0]));
    }

    @Test
    void aPartIsCopiedFromItsPlace() {
        RgbImage image = numbered(4, 3);
        assertArrayEquals(image.rgb(), image.crop(0, 0, 4, 3).rgb());
        RgbImage part = image.crop(1, 1, 2, 2);
        assertArrayEquals(new byte[]{15, 16, 17, 18, 19, 20, 27, 28, 29, 30, 31, 32}, part.rgb());
        part.rgb()[0] = 99;
        assertEquals(15, image.rgb()[15]);
        int[][] outside = {{-1, 0, 1, 1}, {0, -1, 1, 1}, {3, 0, 2, 1}, {0, 2, 1, 2}};
        for (int[] part4 : outside) {
            assertTrue(assertThrows(IllegalArgumentException.class,
                    () -> image.crop(part4[0], part4[1], part4[2], part4[3])).getMessage().contains("out of"));
        }
    }

    /** Sixteen bits keep their upper half; a palette of two colours is looked up. */
    @Test
    void samplesOfOtherDepthsAreReadAsTheyAreStored() throws IOException {
        BufferedImage deep = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
        deep.getRaster().setPixels(0, 0, 2, 1, new int[]{0x1234, 0xffee});
        assertArrayEquals(new byte[]{0x12, 0x12, 0x12, -1, -1, -1}, read(deep).rgb());
        BufferedImage two = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_BINARY);
        two.setRGB(1, 0, 0xffffff);
        two.setRGB(0, 1, 0xffffff);
        assertArrayEquals(new byte[]{0, 0, 0, -1, -1, -1, -1, -1, -1, 0, 0, 0}, read(two).rgb());
        BufferedImage packed = new BufferedImage(1, 2, BufferedImage.TYPE_USHORT_565_RGB);
        packed.setRGB(0, 1, 0xff0000);
        assertArrayEquals(new byte[]{0, 0, 0, -1, 0, 0}, Pixels.rgb(packed).rgb());
        RgbImage back = numbered(3, 2);
        assertArrayEquals(back.rgb(), Pixels.rgb(Pixels.buffered(back)).rgb());
        assertArrayEquals(back.rgb(), read(Pixels.buffered(back)).rgb());
    }

    /** A part of a picture shares its array. */
    @Test
    void aPartOfAPictureInMemoryIsReadFromItsPlace() throws IOException {
        RgbImage image = numbered(5, 4);
        BufferedImage part = Pixels.buffered(image).getSubimage(1, 2, 3, 2);
        assertArrayEquals(image.crop(1, 2, 3, 2).rgb(), Pixels.rgb(part).rgb());
    }

    /** Colours that were multiplied by alpha are divided by it; where it is 0 nothing is left to divide. */
    @Test
    void alphaIsTakenOutOfColoursThatWereMultipliedByIt() throws IOException {
        BufferedImage picture = new BufferedImage(4, 1, BufferedImage.TYPE_4BYTE_ABGR_PRE);
        picture.getRaster().setPixels(0, 0, 4, 1,
                new int[]{50, 100, 25, 128, 9, 0, 200, 255, 3, 4, 5, 0, 7, 90, 2, 80});
        assertArrayEquals(new byte[]{99, (byte) 199, 49, 9, 0, (byte) 200, 3, 4, 5, 22, -1, 6},
                Pixels.rgb(picture).rgb());
    }

    private static RgbImage read(BufferedImage picture) throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", png);
        return ImageReader.read(png.toByteArray(), "drawn.png");
    }

    @Test
    void aTensorFitsThePictureOrIsRefused() {
        List<Float> three = List.of(1f, 1f, 1f);
        RgbImage image = RgbImage.black(5, 4);
        try (Arena arena = Arena.ofConfined()) {
            Tensor right = Tensor.allocate(arena, DType.FLOAT32, 1, 3, 4, 5);
            Tensor whole = Tensor.allocate(arena, DType.INT32, 1, 3, 4, 5);
            assertThrows(IllegalArgumentException.class, () -> Normalise.nchw(image, three, three, whole));
            assertThrows(IllegalArgumentException.class, () -> Normalise.nchw(image, List.of(1f), three, right));
            assertThrows(IllegalArgumentException.class, () -> Normalise.nchw(image, three, List.of(1f), right));
            Normalise.nchw(image, three, three, right);
            assertEquals(-1, right.toFloats()[59]);
        }
    }

    @Test
    void qualitiesAreOneToAHundred() {
        RgbImage image = numbered(16, 16);
        for (String format : List.of("jpeg", "webp")) {
            assertDoesNotThrow(() -> ImageWriter.write(image, format, 1));
            assertDoesNotThrow(() -> ImageWriter.write(image, format, 100));
            assertThrows(IllegalArgumentException.class, () -> ImageWriter.write(image, format, 0));
            assertThrows(IllegalArgumentException.class, () -> ImageWriter.write(image, format, 101));
        }
    }
}
