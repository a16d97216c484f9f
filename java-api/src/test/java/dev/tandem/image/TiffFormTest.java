package dev.tandem.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Forms of TIFF that are read (docs/pictures.md), and their neighbours that are not. */
class TiffFormTest {
    private static final int WHITE_IS_ZERO = 0;
    private static final int GREY = 1;
    private static final int RGB = 2;
    private static final int PALETTE = 3;
    private static final int CMYK = 5;
    private static final int YCBCR = 6;

    private static void read(boolean expected, int compression, int colours, int extra, int... bits) {
        long[] depths = Arrays.stream(bits).asLongStream().toArray();
        TiffForm form = new TiffForm(compression, colours, bits.length, depths, extra, true);
        assertEquals(expected, form.isRead(), form.words());
        assertFalse(new TiffForm(compression, colours, bits.length, depths, extra, false).isRead(), "no whole numbers");
    }

    /** None, LZW, deflate by both names, PackBits. */
    @ParameterizedTest
    @CsvSource({"1", "5", "8", "32946", "32773"})
    void withoutLoss(int compression) {
        for (int colours : new int[]{WHITE_IS_ZERO, GREY, PALETTE}) {
            for (int bits = 1; bits <= 32; bits++) {
                boolean depth = bits == 1 || bits == 2 || bits == 4 || bits == 8 || bits == 16 && colours != PALETTE;
                read(depth, compression, colours, 0, bits);
            }
        }
        read(true, compression, RGB, 0, 8, 8, 8);
        read(true, compression, RGB, 0, 16, 16, 16);
        read(false, compression, RGB, 0, 4, 4, 4);
        read(false, compression, RGB, 0, 32, 32, 32);
        read(false, compression, RGB, 0, 5, 6, 5);
        read(true, compression, CMYK, 0, 8, 8, 8, 8);
        read(false, compression, CMYK, 0, 16, 16, 16, 16);
        read(false, compression, YCBCR, 0, 8, 8, 8);
        read(false, compression, 8, 0, 8, 8, 8);
    }

    @ParameterizedTest
    @CsvSource({"1", "5", "8", "32946", "32773"})
    void oneSampleBesideTheColours(int compression) {
        read(true, compression, GREY, 1, 8, 8);
        read(true, compression, GREY, 1, 16, 16);
        read(false, compression, GREY, 1, 4, 4);
        read(false, compression, GREY, 1, 8);
        read(false, compression, GREY, 2, 8, 8, 8);
        read(true, compression, RGB, 1, 8, 8, 8, 8);
        read(true, compression, RGB, 1, 16, 16, 16, 16);
        read(false, compression, RGB, 1, 8, 8);
        read(false, compression, RGB, 0, 8, 8, 8, 8);
        read(false, compression, RGB, 2, 8, 8, 8, 8, 8);
        read(false, compression, CMYK, 1, 8, 8, 8, 8, 8);
    }

    @ParameterizedTest
    @CsvSource({"2", "3", "4"})
    void faxesAreOfOneBit(int compression) {
        read(true, compression, WHITE_IS_ZERO, 0, 1);
        read(true, compression, GREY, 0, 1);
        read(false, compression, GREY, 0, 8);
        read(false, compression, RGB, 0, 8, 8, 8);
        read(false, compression, GREY, 1, 1, 1);
    }

    @ParameterizedTest
    @CsvSource({"7, true", "6, false", "34892, false"})
    void jpegIsGreyOrColoursOfEightBits(int compression, boolean jpeg) {
        read(jpeg, compression, GREY, 0, 8);
        read(jpeg, compression, RGB, 0, 8, 8, 8);
        read(jpeg, compression, YCBCR, 0, 8, 8, 8);
        read(false, compression, WHITE_IS_ZERO, 0, 8);
        read(false, compression, PALETTE, 0, 8);
        read(false, compression, CMYK, 0, 8, 8, 8, 8);
        read(false, compression, GREY, 0, 16);
        read(false, compression, GREY, 1, 8, 8);
        read(false, compression, RGB, 1, 8, 8, 8, 8);
    }
}
