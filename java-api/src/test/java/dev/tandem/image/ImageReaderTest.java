package dev.tandem.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
        byte[] png = Fixture.bytes("grow.png");
        java.nio.ByteBuffer.wrap(png).putInt(16, 60000).putInt(20, 60000); // width and height in IHDR
        java.util.zip.CRC32 crc = new java.util.zip.CRC32();
        crc.update(png, 12, 17);
        java.nio.ByteBuffer.wrap(png).putInt(29, (int) crc.getValue());
        IOException refused = assertThrows(IOException.class, () -> ImageReader.read(png, "bomb.png"));
        assertTrue(refused.getMessage().contains("60000 x 60000"), refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"grow.png", "palette.gif", "lossy.webp"})
    void refusesACutFileInWords(String name) throws IOException {
        byte[] cut = Arrays.copyOf(Fixture.bytes(name), 60);
        IOException refused = assertThrows(IOException.class, () -> ImageReader.read(cut, name));
        assertTrue(refused.getMessage().contains(name), refused.getMessage());
    }
}
