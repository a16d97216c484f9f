package dev.tandem.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResizeTest {
    @ParameterizedTest
    @CsvSource({"shrink,32,32", "grow,48,40", "mixed,20,33", "same-width,32,24"})
    void givesThePixelsOfPillow(String name, int width, int height) throws IOException {
        RgbImage resized = Resize.bilinear(Fixture.picture(name + ".png"), width, height);
        RgbImage expected = Fixture.picture(name + "-" + width + "x" + height + ".png");
        assertEquals(0, Fixture.maxDifference(expected, resized));
        RgbImage cubic = Resize.bicubic(Fixture.picture(name + ".png"), width, height);
        RgbImage sharper = Fixture.picture(name + "-" + width + "x" + height + "-cubic.png");
        assertEquals(0, Fixture.maxDifference(sharper, cubic));
    }

    @Test
    void keepsAPictureOfTheSizeAlready() {
        RgbImage image = Fixture.shades(8, 5, 1);
        assertSame(image, Resize.bilinear(image, 8, 5));
    }

    @Test
    void keepsAFlatColourAtAnySize() {
        RgbImage flat = RgbImage.black(37, 11);
        java.util.Arrays.fill(flat.rgb(), (byte) 255);
        for (int size : new int[]{1, 2, 7, 36, 38, 224}) {
            RgbImage resized = Resize.bilinear(flat, size, size);
            byte[] white = new byte[size * size * 3];
            java.util.Arrays.fill(white, (byte) 255);
            assertArrayEquals(white, resized.rgb());
            assertArrayEquals(white, Resize.bicubic(flat, size, size).rgb());
        }
    }

    @Test
    void refusesAnAbsurdSize() {
        RgbImage image = RgbImage.black(2, 2);
        assertThrows(IllegalArgumentException.class, () -> Resize.bilinear(image, 0, 2));
        assertThrows(IllegalArgumentException.class, () -> Resize.bilinear(image, 1 << 20, 2));
    }
}
