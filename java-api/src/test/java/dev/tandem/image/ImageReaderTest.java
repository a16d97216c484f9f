package dev.tandem.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.image.made.Blocks;
import dev.tandem.image.made.Dice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageReaderTest {
    // Lossless kinds agree exactly with Pillow; JPEG decoders may differ by rounding, WebP's is the same library.
    @ParameterizedTest
    @CsvSource({"grey.png,0", "alpha.png,0", "palette.gif,0", "grey.jpg,1", "lossy.jpg,1", "lossy.webp,1",
            "cmyk.jpg,1"})
    void readsWhatPillowReads(String name, int tolerance) throws IOException {
        RgbImage found = Fixture.picture(name);
        RgbImage expected = Fixture.picture(name.replace('.', '-') + ".png");
        int difference = Fixture.maxDifference(expected, found);
        assertTrue(difference <= tolerance, name + " differs by " + difference);
    }

    @Test
    void saysWhatItCannotRead() {
        IOException text = assertThrows(IOException.class, () -> ImageReader.read("hello".getBytes(), "note.txt"));
        assertTrue(text.getMessage().contains("note.txt") && text.getMessage().contains("[text, not a picture]"),
                text.getMessage());
    }

    @Test
    void refusesAHugePictureByItsHeaderAlone() throws IOException {
        byte[] png = claiming(60_000, 60_000);
        IOException refused = assertThrows(IOException.class, () -> ImageReader.read(png, "bomb.png"));
        assertTrue(refused.getMessage().contains("60000 x 60000"), refused.getMessage());
    }

    /** Both sides are allowed; together they are one row too many. */
    @Test
    void refusesMorePixelsThanAreAllowedByTheHeaderAlone() throws IOException {
        byte[] png = claiming(16384, 16385);
        IOException refused = assertThrows(IOException.class, () -> ImageReader.read(png, "bomb.png"));
        assertTrue(refused.getMessage().contains("16384 x 16385") && refused.getMessage().contains("268435456"),
                refused.getMessage());
    }

    /** Who sends pictures may send others than were asked for. */
    @Test
    void takesOneKindUpToSoManyPixelsWhereThatIsSaid() throws IOException {
        byte[] jpeg = Fixture.bytes("lossy.jpg");
        assertEquals(40, ImageReader.read("jpeg", 1200, jpeg, "sent").width());
        assertTrue(assertThrows(PictureException.class, () -> ImageReader.read("jpeg", 1199, jpeg, "sent"))
                .getMessage().contains("[40 x 30] pixels; at most 1199"));
        assertTrue(assertThrows(PictureException.class, () -> ImageReader.read("webp", 1200, jpeg, "sent"))
                .getMessage().contains("this is [JPEG]; needed webp"));
    }

    @Test
    void refusesAWrongCheckSumAndTooManyPieces() throws IOException {
        byte[] png = Fixture.bytes("grow.png");
        byte[] wrong = png.clone();
        wrong[20]++;
        assertTrue(assertThrows(PictureException.class, () -> ImageReader.read(wrong, "a.png")).getMessage()
                .contains("the check sum of the chunk at [8] is wrong"));
        int pixels = 33;
        while (png[pixels + 4] != 'I' || png[pixels + 5] != 'D') {
            pixels += 12 + ByteBuffer.wrap(png).getInt(pixels);
        }
        byte[] empty = {0, 0, 0, 0, 'I', 'D', 'A', 'T', 0x35, (byte) 0xaf, 6, 0x1e, 0, 0, 0, 0, 't', 'E', 'X', 't', 0,
                0, 0, 0};
        ByteArrayOutputStream many = new ByteArrayOutputStream();
        many.write(png, 0, pixels);
        for (int i = 0; i < 5000; i++) {
            many.writeBytes(empty);
        }
        many.write(png, pixels, png.length - pixels);
        assertTrue(assertThrows(PictureException.class, () -> ImageReader.read(many.toByteArray(), "a.png"))
                .getMessage().contains("more than [4096] chunks"));
    }

    @Test
    void theLimitsThemselvesAreAllowedAndOneMoreIsNot() {
        RgbImage.checkSize(8192, 8192);
        RgbImage.checkSize(RgbImage.MAX_SIDE, 4096);
        RgbImage.checkSize(1, RgbImage.MAX_SIDE);
        int[][] wrong = {{8192, 8193}, {8193, 8192}, {16384, 4097}, {16385, 1}, {1, 16385}, {0, 1}, {1, 0}, {-1, -1}};
        for (int[] size : wrong) {
            assertThrows(IllegalArgumentException.class, () -> RgbImage.checkSize(size[0], size[1]));
        }
    }

    /** A PNG may say how it is held, before or behind its pixels. */
    @Test
    void aPngsOrientationIsApplied() throws IOException {
        byte[] png = Fixture.bytes("grow.png");
        RgbImage plain = ImageReader.read(png, "grow.png");
        byte[] exif = Blocks.exif(new Dice(4), 6);
        byte[] chunk = Blocks.joined(Blocks.big(4, exif.length), Blocks.text("eXIf"), exif, new byte[4]);
        byte[] text = Blocks.joined(Blocks.big(4, exif.length), Blocks.text("tEXt"), exif, new byte[4]);
        for (int at : new int[]{33, png.length - 12}) {
            byte[] before = Arrays.copyOf(png, at);
            byte[] after = Arrays.copyOfRange(png, at, png.length);
            RgbImage held = ImageReader.read(Blocks.joined(before, chunk, after), "held.png");
            assertEquals(0, Fixture.maxDifference(Orientation.apply(plain, 6), held));
            RgbImage said = ImageReader.read(Blocks.joined(before, text, after), "said.png");
            assertEquals(0, Fixture.maxDifference(plain, said));
        }
    }

    /** A small PNG whose header (IHDR) says another size under a right check sum. */
    private static byte[] claiming(int width, int height) throws IOException {
        byte[] png = Fixture.bytes("grow.png");
        ByteBuffer bytes = ByteBuffer.wrap(png).putInt(16, width).putInt(20, height);
        CRC32 crc = new CRC32();
        crc.update(png, 12, 17);
        bytes.putInt(29, (int) crc.getValue());
        return png;
    }

    @ParameterizedTest
    @CsvSource({"grow.png", "palette.gif", "lossy.webp"})
    void refusesACutFileInWords(String name) throws IOException {
        byte[] cut = Arrays.copyOf(Fixture.bytes(name), 60);
        IOException refused = assertThrows(IOException.class, () -> ImageReader.read(cut, name));
        assertTrue(refused.getMessage().contains(name), refused.getMessage());
    }
}
