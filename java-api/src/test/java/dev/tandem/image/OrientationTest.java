package dev.tandem.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrientationTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void turnsAsPillowDoes(int orientation) throws IOException {
        byte[] file = Fixture.bytes("held-" + orientation + ".jpg");
        assertEquals(orientation, Orientation.of(file));
        RgbImage expected = Fixture.picture("held-" + orientation + "-jpg.png");
        int difference = Fixture.maxDifference(expected, ImageReader.read(file, "held"));
        assertTrue(difference <= 1, "differs by " + difference);
    }

    /** The tag's value in the fixture, and everything beside 1..8. */
    @Test
    void anImpossibleOrientationIsUpright() throws IOException {
        byte[] file = Fixture.bytes("held-8.jpg");
        int at = valueOfTheTag(file);
        for (int wrong : new int[]{0, 9, 10, 255}) {
            assertEquals(Orientation.UPRIGHT, Orientation.of(withOrientation(file, at, wrong)), "found " + wrong);
        }
        assertEquals(1, Orientation.of(withOrientation(file, at, 1)));
        assertEquals(8, Orientation.of(withOrientation(file, at, 8)));
        RgbImage stored = ImageReader.read(withOrientation(file, at, 1), "upright");
        assertEquals(0, Fixture.maxDifference(stored, ImageReader.read(withOrientation(file, at, 9), "nine")));
    }

    /** Where the one byte lies that makes the fixture's orientation 8. */
    private static int valueOfTheTag(byte[] file) {
        for (int i = 0; i < 80; i++) {
            byte[] changed = file.clone();
            changed[i] = 7;
            if (file[i] == 8 && Orientation.of(changed) == 7) {
                return i;
            }
        }
        throw new AssertionError("the fixture has no orientation");
    }

    private static byte[] withOrientation(byte[] file, int at, int value) {
        byte[] changed = file.clone();
        changed[at] = (byte) value;
        return changed;
    }

    @Test
    void survivesEveryCutAndEveryChangedByteOfTheHeader() throws IOException {
        byte[] file = Fixture.bytes("held-6.jpg");
        for (int i = 0; i < 80; i++) {
            int cut = Orientation.of(Arrays.copyOf(file, i));
            assertTrue(cut >= 1 && cut <= 8);
            for (int value : new int[]{0, 0x7f, 0xff}) {
                byte[] changed = file.clone();
                changed[i] = (byte) value;
                int found = Orientation.of(changed);
                assertTrue(found >= 1 && found <= 8);
            }
        }
    }
}
