package dev.tandem.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.image.made.Blocks;
import dev.tandem.image.made.Bmps;
import dev.tandem.image.made.Dice;
import dev.tandem.image.made.Made;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** BMP files read through; whatever a header says of colours, samples are those that are stored. */
class BmpFileTest {
    private static final int LINKED = 0x4c494e4b;
    private static final int EMBEDDED = 0x4d424544;
    /** 3 x 2 pixels, the lower row first, B, G, R, rows of 12 bytes. */
    private static final byte[] ROWS = {10, 20, 30, 40, 50, 60, 70, 80, 90, 0, 0, 0, 1, 2, 3, 4, 5, 6, -7, -8, -9, 0, 0,
            0};
    private static final byte[] SEEN = {3, 2, 1, 6, 5, 4, -9, -8, -7, 30, 20, 10, 60, 50, 40, 90, 80, 70};

    /** A header of this length that says these colours, with a profile at a distance from itself. */
    private static byte[] file(int header, int bits, int colours, int profileAt, byte[] profile) {
        byte[] fields = Blocks.joined(Blocks.little(4, header), Blocks.little(4, 3), Blocks.little(4, 2),
                Blocks.little(2, 1), Blocks.little(2, bits), new byte[40], Blocks.little(4, colours), new byte[48],
                Blocks.little(4, 4), Blocks.little(4, profileAt), Blocks.little(4, profile.length), new byte[4]);
        return Blocks.joined(Blocks.text("BM"), Blocks.little(4, 14 + header + ROWS.length + profile.length),
                new byte[4], Blocks.little(4, 14 + header), Arrays.copyOf(fields, header), ROWS, profile);
    }

    private static byte[] plain(int bits) {
        return file(40, bits, 0, 0, new byte[0]);
    }

    private static String refused(byte[] file) {
        String message = assertThrows(PictureException.class, () -> ImageReader.read(file, "odd.bmp")).getMessage();
        assertTrue(message.startsWith("reading the picture odd.bmp of kind BMP: "), message);
        return message;
    }

    @Test
    void drawnOnesAreReadAsTheyWereDrawn() throws IOException {
        for (int seed = 0; seed < 30; seed++) {
            Made made = Bmps.make(new Dice(seed));
            assertEquals(0, Fixture.maxDifference(made.expected(), ImageReader.read(made.file(), "drawn")),
                    made.what());
        }
    }

    /** Greys would not even fit three samples. 3 and 4 are what ImageIO's reader takes for a profile's two names. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, LINKED, EMBEDDED, 0x73524742})
    void noProfileHasASay(int colours) throws IOException {
        assertArrayEquals(SEEN, ImageReader.read(plain(24), "short").rgb());
        byte[] greys = ICC_Profile.getInstance(ColorSpace.CS_GRAY).getData();
        for (byte[] profile : new byte[][]{greys, new byte[40], new byte[0]}) {
            byte[] whole = file(124, 24, colours, 124 + ROWS.length, profile);
            assertArrayEquals(SEEN, ImageReader.read(whole, "whole").rgb());
            byte[] away = file(124, 24, colours, 1 << 20, profile);
            assertArrayEquals(SEEN, ImageReader.read(away, "its profile away").rgb());
        }
        assertArrayEquals(SEEN, ImageReader.read(file(108, 24, colours, 0, new byte[0]), "version 4").rgb());
    }

    @Test
    void aFileThatIsCutSaysSo() {
        byte[] whole = plain(24);
        for (int length : new int[]{20, 53, 54, 60, whole.length - 12}) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertTrue(refused(cut).contains("it is cut off: its data ends after [" + length + "] bytes"),
                    refused(cut));
        }
        byte[] profiled = file(124, 24, EMBEDDED, 124 + ROWS.length, new byte[10]);
        for (int length : new int[]{73, 74, 75, 100, 138, 150}) {
            assertTrue(refused(Arrays.copyOf(profiled, length)).contains("cut off"), "cut at " + length);
        }
    }

    /** All bytes are there, so nothing is cut off. */
    @Test
    void aDepthThatThereIsNotIsDamage() {
        assertTrue(refused(plain(7)).contains("damaged: ["), refused(plain(7)));
    }
}
