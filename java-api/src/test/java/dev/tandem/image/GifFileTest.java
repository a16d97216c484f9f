package dev.tandem.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.image.made.Blocks;
import dev.tandem.image.made.Dice;
import dev.tandem.image.made.Gifs;
import dev.tandem.image.made.Made;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A GIF's first frame on its screen. */
class GifFileTest {
    private static final byte[] NONE = {};
    private static final byte[] GLOBAL = bytes(200, 150, 240, 10, 20, 30, 40, 50, 60, 230, 180, 140);
    private static final byte[] LOCAL = bytes(129, 255, 131, 1, 2, 3, 4, 5, 6, 141, 151, 161);
    /** Looks like an extension that says what is transparent, but is a comment. */
    private static final byte[] COMMENT = bytes(0x21, 0xfe, 4, 1, 0, 0, 2, 0);

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static byte[] control(int flags, int index) {
        return bytes(0x21, 0xf9, 4, flags, 10, 0, index, 0);
    }

    /** A screen of 4 x 3 with a frame of 2 x 1 pixels, indices 1 and 2, at column 1 of row 2. */
    private static byte[] file(byte[] global, byte[] before, byte[] local) {
        int depth = Integer.numberOfTrailingZeros((local.length > 0 ? local : global).length / 3);
        return Blocks.joined(Blocks.text("GIF89a"), Blocks.little(2, 4), Blocks.little(2, 3),
                bytes(0x80 | Integer.numberOfTrailingZeros(global.length / 3) - 1, 1, 0), global, before,
                Gifs.frame(bytes(1, 2), 2, 1, 1, 2, depth, false, local), bytes(0x3b));
    }

    private static byte[] seen(byte[] table, byte[] around) {
        byte[] screen = new byte[4 * 3 * 3];
        for (int i = 0; i < screen.length; i++) {
            screen[i] = around[i % 3];
        }
        System.arraycopy(table, 3, screen, (2 * 4 + 1) * 3, 6);
        return screen;
    }

    private static byte[] colour(byte[] table, int index) {
        return Arrays.copyOfRange(table, 3 * index, 3 * index + 3);
    }

    private static void is(byte[] expected, byte[] file) throws IOException {
        RgbImage found = ImageReader.read(file, "small.gif");
        assertEquals("4 x 3", found.width() + " x " + found.height());
        assertArrayEquals(expected, found.rgb());
    }

    @Test
    void aroundTheFrameIsTheColourOfItsTransparentIndexOrOfIndex0() throws IOException {
        is(seen(GLOBAL, colour(GLOBAL, 0)), file(GLOBAL, NONE, NONE));
        is(seen(GLOBAL, colour(GLOBAL, 3)), file(GLOBAL, control(1, 3), NONE));
        is(seen(GLOBAL, colour(GLOBAL, 0)), file(GLOBAL, control(0, 3), NONE));
        is(seen(GLOBAL, colour(GLOBAL, 0)), file(GLOBAL, COMMENT, NONE));
        is(seen(GLOBAL, colour(GLOBAL, 3)), file(GLOBAL, Blocks.joined(control(1, 3), COMMENT), NONE));
        byte[] wide = new Dice(3).bytes(3 * 256);
        is(seen(wide, colour(wide, 200)), file(wide, control(1, 200), NONE));
    }

    @Test
    void aFramesOwnPaletteCountsBeforeTheScreens() throws IOException {
        is(seen(LOCAL, colour(LOCAL, 0)), file(GLOBAL, NONE, LOCAL));
        is(seen(LOCAL, colour(LOCAL, 3)), file(GLOBAL, control(1, 3), LOCAL));
        byte[] wide = new Dice(4).bytes(3 * 16);
        is(seen(LOCAL, colour(LOCAL, 2)), file(wide, control(1, 2), LOCAL));
    }

    @Test
    void anIndexBeyondThePaletteIsBlack() throws IOException {
        is(seen(GLOBAL, new byte[3]), file(GLOBAL, control(1, 4), NONE));
        is(seen(GLOBAL, new byte[3]), file(GLOBAL, control(1, 255), NONE));
        is(seen(LOCAL, new byte[3]), file(new Dice(5).bytes(3 * 16), control(1, 5), LOCAL));
    }

    @Test
    void drawnOnesAreReadAsTheyWereDrawn() throws IOException {
        for (int seed = 0; seed < 30; seed++) {
            Made made = Gifs.make(new Dice(seed));
            assertEquals(0, Fixture.maxDifference(made.expected(), ImageReader.read(made.file(), "drawn")),
                    made.what());
        }
    }

    @Test
    void aFrameThatIsCutIsRefusedWithTheReason() {
        byte[] indices = new Dice(6).bytes(60 * 50);
        byte[] palette = new Dice(7).bytes(3 * 256);
        byte[] whole = Blocks.joined(Blocks.text("GIF89a"), Blocks.little(2, 60), Blocks.little(2, 50),
                bytes(0x87, 0, 0), palette, Gifs.frame(indices, 60, 50, 0, 0, 8, false, NONE), bytes(0x3b));
        for (int length : new int[]{12, 13 + 768 + 9, 1500, whole.length - 100}) {
            refused(Arrays.copyOf(whole, length), "it is cut off");
        }
        refused(Blocks.joined(Arrays.copyOf(whole, 13 + 768), bytes(0x3b)), "[no] frame in");
    }

    /** Such a frame can't be read in part: it is refused by what its descriptor says. */
    @Test
    void aFrameOfMorePixelsThanAreKeptIsRefusedBeforeItIsDecoded() {
        byte[] large = Blocks.joined(Blocks.text("GIF89a"), Blocks.little(2, 16384), Blocks.little(2, 4096),
                bytes(0x81, 0, 0), GLOBAL, bytes(0x2c), new byte[4], Blocks.little(2, 16384), Blocks.little(2, 4096),
                bytes(0, 2, 2, 0x44, 1, 0, 0x3b));
        refused(large, "[16384 x 4096] pixels; at most 33554432 and sides to 16384 are read of this kind");
    }

    private static void refused(byte[] file, String words) {
        PictureException refused = assertThrows(PictureException.class, () -> ImageReader.read(file, "odd.gif"));
        assertTrue(refused.getMessage().contains(words), refused.getMessage());
    }
}
