package dev.tandem.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.image.made.Blocks;
import dev.tandem.image.made.Dice;
import dev.tandem.image.made.Jpegs;
import dev.tandem.image.made.Made;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a JPEG's components are, by libjpeg's rules. */
class JpegColoursTest {
    private static final byte[] JFIF = Blocks.text("JFIF\0\1\1\0\0\1\0\1\0\0");
    /** A transform of 0: RGB. */
    private static final byte[] ADOBE = Blocks.text("Adobe\0d\0\0\0\0\0");
    private static final byte[] FILE = ImageWriter.jpeg(Fixture.shades(20, 18, 5), 90, false);

    private static byte[] segment(int marker, byte[] payload) {
        return Blocks.joined(new byte[]{-1, (byte) marker}, Blocks.big(2, payload.length + 2L), payload);
    }

    /** The same tables and data behind other segments than ImageIO's JFIF. */
    private static byte[] behind(byte[]... segments) {
        return Blocks.joined(new byte[]{-1, (byte) 0xd8}, Blocks.joined(segments),
                Arrays.copyOfRange(FILE, 20, FILE.length));
    }

    private static byte[] pixels(byte[] file) throws IOException {
        return ImageReader.read(file, "odd.jpg").rgb();
    }

    @Test
    void everyWayToSayThemIsUnderstood() throws IOException {
        for (Made made : Jpegs.ofEveryColour(new Dice(11))) {
            int difference = Fixture.maxDifference(made.expected(), ImageReader.read(made.file(), "drawn"));
            assertTrue(difference <= made.bound(), made.what() + " differs by " + difference);
        }
    }

    /** One byte less than libjpeg asks for, and a segment says nothing of colours. */
    @Test
    void segmentsThatAreTooShortSayNothing() throws IOException {
        byte[] rgb = pixels(behind(segment(0xee, ADOBE)));
        byte[] converted = pixels(FILE);
        assertTrue(!Arrays.equals(rgb, converted));
        byte[] stray = {0, 0};
        assertArrayEquals(converted, pixels(behind(segment(0xee, Arrays.copyOf(ADOBE, 11)), stray)));
        assertArrayEquals(converted, pixels(behind(segment(0xee, Arrays.copyOf(ADOBE, 10)), stray)));
        assertArrayEquals(rgb, pixels(behind(segment(0xee, Arrays.copyOf(ADOBE, 40)))));
        assertArrayEquals(converted, pixels(behind(segment(0xe0, JFIF), segment(0xee, ADOBE))));
        assertArrayEquals(rgb, pixels(behind(segment(0xe0, Arrays.copyOf(JFIF, 13)), segment(0xee, ADOBE))));
        assertArrayEquals(rgb, pixels(behind(segment(0xe0, Arrays.copyOf(JFIF, 12)), segment(0xee, ADOBE))));
    }

    @Test
    void otherSegmentsOfTheSameMarkersSayNothing() throws IOException {
        byte[] converted = pixels(FILE);
        byte[] rgb = pixels(behind(segment(0xee, ADOBE)));
        assertArrayEquals(converted, pixels(behind(segment(0xed, ADOBE))));
        assertArrayEquals(converted, pixels(behind(segment(0xee, Blocks.text("Nikon\0\0\0\0\0\0\0\0\0")))));
        assertArrayEquals(rgb, pixels(behind(segment(0xe1, JFIF), segment(0xee, ADOBE))));
        assertArrayEquals(rgb, pixels(behind(segment(0xe0, Blocks.text("JFXX\0\0\0\0\0\0\0\0\0\0\0")),
                segment(0xee, ADOBE))));
    }

    /** A file may end where a segment does. */
    @Test
    void aFileThatEndsBehindAShortSegmentIsRefusedInWords() {
        for (int marker : new int[]{0xe0, 0xe1, 0xee}) {
            byte[] payload = Map.of(0xe0, JFIF, 0xe1, Blocks.text("Exif\0\0II*\0"), 0xee, ADOBE).get(marker);
            for (int length = 0; length <= payload.length; length++) {
                byte[] file = Blocks.joined(new byte[]{-1, (byte) 0xd8},
                        segment(marker, Arrays.copyOf(payload, length)));
                PictureException refused = assertThrows(PictureException.class, () -> pixels(file));
                assertTrue(refused.getMessage().contains("[no] scan in [" + file.length + "] bytes"));
            }
        }
    }
}
