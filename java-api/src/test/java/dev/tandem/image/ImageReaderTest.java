package dev.tandem.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
    void readsAFile(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("p.webp"), Fixture.bytes("lossy.webp"));
        assertEquals(40, ImageReader.read(file).width());
    }

    @Test
    void saysWhatItCannotRead() {
        IOException text = assertThrows(IOException.class, () -> ImageReader.read("hello".getBytes(), "note.txt"));
        assertTrue(text.getMessage().contains("note.txt") && text.getMessage().contains("no known kind"),
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
        byte[] png = claiming(RgbImage.MAX_SIDE, RgbImage.MAX_PIXELS / RgbImage.MAX_SIDE + 1);
        IOException refused = assertThrows(IOException.class, () -> ImageReader.read(png, "bomb.png"));
        assertTrue(refused.getMessage().contains("16384 x 4097") && refused.getMessage().contains("67108864"),
                refused.getMessage());
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
