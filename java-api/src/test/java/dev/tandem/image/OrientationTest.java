package dev.tandem.image;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrientationTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void turnsAsPillowDoes(int orientation) throws IOException {
        byte[] file = Fixture.bytes("held-" + orientation + ".jpg");
        RgbImage expected = Fixture.picture("held-" + orientation + "-jpg.png");
        int difference = Fixture.maxDifference(expected, ImageReader.read(file, "held"));
        assertTrue(difference <= 1, "differs by " + difference);
    }
}
