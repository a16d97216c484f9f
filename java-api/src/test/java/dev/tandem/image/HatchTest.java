package dev.tandem.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HatchTest {
    private static final Set<Integer> COLOURS = Set.of(0, 0xffcc00);

    @ParameterizedTest
    @CsvSource({"224,224,7", "96,64,2", "40,27,1", "3,2,1", "1,1,1", "500,1,1"})
    void onlyTheBorderIsHatchedAndThePictureIsLeftAlone(int width, int height, int border) {
        RgbImage picture = Fixture.shades(width, height, 5);
        Arrays.fill(picture.rgb(), (byte) 77);
        RgbImage hatched = Hatch.border(picture);
        assertEquals(border, Hatch.width(picture));
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                boolean inside = x >= border && y >= border && x < width - border && y < height - border;
                int colour = colour(hatched, x, y);
                assertTrue(inside ? colour == 0x4d4d4d : COLOURS.contains(colour), x + ", " + y);
            }
        }
        byte[] before = new byte[width * height * 3];
        Arrays.fill(before, (byte) 77);
        assertArrayEquals(before, picture.rgb());
    }

    @Test
    void eachSideHasBothColours() {
        RgbImage hatched = Hatch.border(RgbImage.black(64, 40));
        for (int y : new int[]{0, 39}) {
            assertEquals(COLOURS, IntStream.range(0, 64).mapToObj(x -> colour(hatched, x, y))
                    .collect(Collectors.toSet()));
        }
        for (int x : new int[]{0, 63}) {
            assertEquals(COLOURS, IntStream.range(0, 40).mapToObj(y -> colour(hatched, x, y))
                    .collect(Collectors.toSet()));
        }
    }

    private static int colour(RgbImage picture, int x, int y) {
        int at = (y * picture.width() + x) * 3;
        return (picture.rgb()[at] & 0xff) << 16 | (picture.rgb()[at + 1] & 0xff) << 8 | picture.rgb()[at + 2] & 0xff;
    }
}
