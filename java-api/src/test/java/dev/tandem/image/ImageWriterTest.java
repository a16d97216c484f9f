package dev.tandem.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageWriterTest {
    @ParameterizedTest
    @ValueSource(strings = {"jpeg", "webp"})
    void writesWhatCanBeReadBackAndShrinksWithQuality(String format) throws IOException {
        RgbImage image = Fixture.shades(224, 224, 3);
        int last = Integer.MAX_VALUE;
        for (int quality : new int[]{95, 60, 20, 5}) {
            byte[] bytes = ImageWriter.write(image, format, quality);
            assertTrue(bytes.length < last, format + " at " + quality + " has " + bytes.length + " bytes");
            last = bytes.length;
            RgbImage back = ImageReader.read(bytes, format);
            assertEquals(224, back.width());
            assertEquals(224, back.height());
        }
        assertTrue(Fixture.maxDifference(image, ImageReader.read(ImageWriter.write(image, format, 95), format)) < 48);
    }

    @Test
    void takesTheSmallerOfBaselineAndProgressive() {
        for (int side : new int[]{16, 224}) {
            RgbImage image = Fixture.shades(side, side, 4);
            int baseline = ImageWriter.jpeg(image, 30, false).length;
            int progressive = ImageWriter.jpeg(image, 30, true).length;
            assertTrue(baseline != progressive);
            assertEquals(Math.min(baseline, progressive), ImageWriter.jpeg(image, 30).length);
        }
    }

    @Test
    void codesWebpByItsBestMethod() throws IOException {
        RgbImage image = Fixture.shades(112, 112, 6);
        ByteArrayOutputStream usual = new ByteArrayOutputStream();
        javax.imageio.ImageWriter writer = ImageIO.getImageWritersByFormatName("webp").next();
        ImageWriteParam param = writer.getDefaultWriteParam();
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionType("Lossy");
        param.setCompressionQuality(0.3f);
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(usual)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(Pixels.buffered(image), null, null), param);
        }
        assertTrue(ImageWriter.webp(image, 30).length < usual.size(), usual.size() + " bytes by the usual method");
    }

    /** The four tables of the standard alone take 420 bytes. */
    @Test
    void codesWithHuffmanTablesOfItsOwn() {
        assertTrue(ImageWriter.jpeg(RgbImage.black(16, 16), 50, false).length < 420);
    }

    @Test
    void subsamplesChromaTwoByTwo() {
        byte[] jpeg = ImageWriter.jpeg(Fixture.shades(32, 32, 5), 50, false);
        int at = 2;
        while ((jpeg[at + 1] & 0xff) != 0xc0) { // to the start of frame
            at += 2 + ((jpeg[at + 2] & 0xff) << 8 | jpeg[at + 3] & 0xff);
        }
        assertEquals(0x22, jpeg[at + 11]); // sampling of Y
        assertEquals(0x11, jpeg[at + 14]); // of Cb
        assertEquals(0x11, jpeg[at + 17]); // of Cr
    }

    @Test
    void refusesAnUnknownFormatOrQuality() {
        RgbImage image = RgbImage.black(8, 8);
        assertThrows(IllegalArgumentException.class, () -> ImageWriter.write(image, "avif", 50));
        assertThrows(IllegalArgumentException.class, () -> ImageWriter.jpeg(image, 0));
        assertThrows(IllegalArgumentException.class, () -> ImageWriter.webp(image, 101));
    }
}
