package dev.tandem.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PlanesTest {
    @Test
    void planesBecomePixelsAndWhatIsOutsideIsLimited() {
        float[] planes = {0, 1, 0.5f, 0.2f, -3, 7, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 0.1f, 1,
                0.998f};
        byte[] pixels = {0, 0, 0, (byte) 255, (byte) 255, 26, (byte) 128, 0, (byte) 255, 51, (byte) 255, (byte) 254};
        RgbImage picture = Planes.picture(planes, 2, 2);
        assertEquals(2, picture.width());
        assertArrayEquals(pixels, picture.rgb());
    }

    @Test
    void pixelsBecomePlanesAndComeBack() {
        RgbImage picture = Fixture.shades(7, 5, 3);
        float[] planes = Planes.of(picture);
        assertEquals((picture.rgb()[(2 * 7 + 4) * 3 + 1] & 0xff) / 255f, planes[35 + 2 * 7 + 4]);
        assertArrayEquals(picture.rgb(), Planes.picture(planes, 7, 5).rgb());
    }
}
