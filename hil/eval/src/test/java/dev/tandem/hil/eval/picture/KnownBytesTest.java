package dev.tandem.hil.eval.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.image.ImageWriter;
import dev.tandem.image.RgbImage;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KnownBytesTest {
    private static final HexFormat HEX = HexFormat.of();
    /** A drawn 32 x 24 picture, by Pillow 13; its frame is one unit of 57 bytes. */
    private static final String AVIF = "AAAAIGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZk1BMUIAAADrbWV0YQAAAAAAAAAhaGRscgAAAAAAAAAAcGljdAAA"
            + "AAAAAAAAAAAAAAAAAAAOcGl0bQAAAAAAAQAAAB5pbG9jAAAAAEQAAAEAAQAAAAEAAAETAAAASAAAAChpaW5mAAAA"
            + "AAABAAAAGmluZmUCAAAAAAEAAGF2MDFDb2xvcgAAAABqaXBycAAAAEtpcGNvAAAAFGlzcGUAAAAAAAAAIAAAABgA"
            + "AAAQcGl4aQAAAAADCAgIAAAADGF2MUOBAAwAAAAAE2NvbHJuY2x4AAEADQAGgAAAABdpcG1hAAAAAAAAAAEAAQQB"
            + "AoMEAAAAUG1kYXQSAAoJGBE/dsgIaDQgMjkdh4eFnckkAALHCQLE3yWqI4dgX/oIz8RYFYxUkSjXBaU6zauMx3uc"
            + "mPXbCfPv+keatzlIQfno+Yk=";

    private static byte[] hex(String words) {
        return HEX.parseHex(words.replace(" ", ""));
    }

    private static int coded(byte[] file) {
        return file.length - KnownBytes.of(file).orElseThrow();
    }

    private static RgbImage picture() {
        RgbImage image = RgbImage.black(96, 96);
        Random random = new Random(7);
        for (int i = 0; i < image.rgb().length; i++) {
            image.rgb()[i] = (byte) (i / 96 + random.nextInt(30));
        }
        return image;
    }

    @Test
    void aJpegsScansAreCodedAndItsTablesAreNot() {
        // Two scans, of 5 bytes (a stuffed ff and a restart marker between) and of 2, with tables between them.
        byte[] file = hex("ffd8 ffe0 0006 4a464946 ffdb 0004 0102 ffda 0003 00 11ff00 ffd0 ff00"
                + " ffc4 0005 010203 ffda 0003 00 abcd ffd9");
        assertEquals(3 + 2 + 2 + 2, coded(file));
    }

    @Test
    void aWebpsFirstFrameIsCodedAndItsContainerIsNot() {
        // An extra chunk of odd length, padded; then a lossy frame of 13 bytes, 7 of them start code and size.
        byte[] file = hex("52494646 26000000 57454250 45584946 03000000 010203 00"
                + " 56503820 0d000000 aabbcc 9d012a 10001000 112233 00");
        assertEquals(13 - 7, coded(file));
        byte[] lossless = hex("52494646 14000000 57454250 5650384c 08000000 2f0f400300 112233");
        assertEquals(3, coded(lossless));
    }

    @Test
    void anAvifsFramesAreCodedAndItsBoxesAreNot() {
        assertEquals(57, coded(Base64.getDecoder().decode(AVIF)));
        // A large box, a last one without length; units with an extension, a length of two bytes, and without any.
        String units = "1200 36 00 8100" + "ee".repeat(0x80 - 127) + " 30 1122";
        byte[] file = hex("00000010 66747970 61766966 00000000 00000001 6d646174 0000000000000015 32 03 112233"
                + " 00000000 6d646174" + units);
        assertEquals(3 + 1 + 2, coded(file));
    }

    @Test
    void whatTheCodersWroteIsMostOfALargeFileAndTablesAreMuchOfASmallOne() {
        for (String format : new String[]{"jpeg", "webp"}) {
            byte[] large = ImageWriter.write(picture(), format, 90);
            byte[] small = ImageWriter.write(picture(), format, 5);
            assertTrue(coded(large) > large.length / 2, format);
            assertTrue(coded(small) > 0 && coded(small) < small.length - 26, format);
        }
        assertEquals(27, KnownBytes.of(ImageWriter.webp(picture(), 20)).orElseThrow(), 1, "and a byte of padding");
    }

    @Test
    void aCutFileIsRefused() {
        for (byte[] file : new byte[][]{ImageWriter.jpeg(picture(), 30), ImageWriter.webp(picture(), 30),
                Base64.getDecoder().decode(AVIF)}) {
            for (int length = 12; length < file.length; length++) {
                byte[] cut = Arrays.copyOf(file, length);
                assertThrows(IllegalArgumentException.class, () -> KnownBytes.of(cut), length + " bytes");
            }
        }
    }

    @Test
    void noiseIsNoPictureOrRefused() {
        Random random = new Random(3);
        byte[][] starts = {hex("ffd8"), hex("52494646"), hex("00000010 66747970"), {}};
        for (int round = 0; round < 20_000; round++) {
            byte[] start = starts[round % 4];
            byte[] file = new byte[start.length + random.nextInt(60)];
            random.nextBytes(file);
            System.arraycopy(start, 0, file, 0, start.length);
            try {
                assertTrue(KnownBytes.of(file).orElse(0) <= file.length);
            } catch (IllegalArgumentException refused) {
                assertTrue(refused.getMessage().contains("known bytes"), refused.getMessage());
            }
        }
    }
}
