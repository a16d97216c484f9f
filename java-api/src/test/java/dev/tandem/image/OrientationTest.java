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
