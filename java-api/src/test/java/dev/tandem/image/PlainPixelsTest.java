package dev.tandem.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.image.made.Dice;
import dev.tandem.image.made.Plain;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The pixels of plain pictures, to the bit: packs were trained on them. The hashes are those of the reader that knew
 * neither orientation outside JPEG nor libjpeg's colour rules.
 */
class PlainPixelsTest {
    @ParameterizedTest
    @CsvSource({"alpha.png,40x30,a0ff7d33d1e3e7d545244a643ba7ce5b",
            "cmyk.jpg,40x30,a5285ffb843fdfd60de0fe190415836d",
            "grey.jpg,40x30,a965736bba0de120409cc43b31bf2a78",
            "grey.png,40x30,2937715248a1044bd219157a1b7f924f",
            "grow.png,19x23,3181d7fbd2878210e2ddfe4ec818b44b",
            "held-1.jpg,12x7,f201d3e2d1424aa733cf5781d85db4b8",
            "held-2.jpg,12x7,dd7b6719cea25bb3a3d682d564a4b38d",
            "held-3.jpg,12x7,08bda7ae143b126007afd6d8f5c43a04",
            "held-4.jpg,12x7,c4f3ecb60bdea32d3bc5acbfff47fac6",
            "held-5.jpg,7x12,61b9bf195e1e2a3c16782d7ad98d4aaa",
            "held-6.jpg,7x12,fc32e342e796912be851ee6d91496edd",
            "held-7.jpg,7x12,f6655ee36bc745e9aac8270c39253c15",
            "held-8.jpg,7x12,3fda313dcd28b07f131a525322329541",
            "lossy.jpg,40x30,58381b40352cdecae0d90cb477ccff82",
            "lossy.webp,40x30,89eb703c62520799bf1bdaba0f2ed734",
            "mixed.png,61x17,972247e77ded8fc9e5e9d3ab8d5a1620",
            "palette.gif,40x30,13443b887beff4a5eebe072af535a934",
            "same-width.png,32x50,9da27ad5643282ccf4c19f8aff76a2ac",
            "shrink.png,97x71,986f6af9a6cb9d5bc0785a0cc9d87ae7"})
    void areThoseOfTraining(String name, String size, String hash) throws IOException, NoSuchAlgorithmException {
        RgbImage found = Fixture.picture(name);
        assertEquals(size, found.width() + "x" + found.height());
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(found.rgb());
        assertEquals(hash, HexFormat.of().formatHex(digest).substring(0, 32));
    }

    /** Nothing that is done to a file before it is decoded touches a sample. */
    @Test
    void areThoseOfTheDecoder() throws IOException {
        for (int seed = 0; seed < 40; seed++) {
            Dice dice = new Dice(seed);
            RgbImage drawn = dice.picture(dice.side(), dice.side());
            int quality = 1 + dice.below(100);
            for (byte[] file : new byte[][]{ImageWriter.jpeg(drawn, quality, false),
                    ImageWriter.jpeg(drawn, quality, true), ImageWriter.webp(drawn, quality), png(drawn)}) {
                BufferedImage decoded = ImageIO.read(new ByteArrayInputStream(file));
                assertArrayEquals(Plain.rgb(decoded).rgb(), ImageReader.read(file, "plain").rgb(), "seed " + seed);
            }
            assertArrayEquals(drawn.rgb(), ImageReader.read(png(drawn), "plain").rgb());
        }
    }

    private static byte[] png(RgbImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(Plain.picture(image), "png", bytes);
        return bytes.toByteArray();
    }
}
