package dev.tandem.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.image.made.Blocks;
import dev.tandem.image.made.Dice;
import dev.tandem.image.made.Made;
import dev.tandem.image.made.Webps;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** WebP's container around the plug-in's frames. */
class WebpFileTest {
    private static final RgbImage DRAWN = Fixture.shades(12, 10, 3);
    private static final byte[] STILL = ImageWriter.webp(DRAWN, 80);
    private static final byte[] FRAME = Arrays.copyOfRange(STILL, 12, STILL.length);

    private static RgbImage read(byte[] file) throws IOException {
        return ImageReader.read(file, "odd.webp");
    }

    private static void refused(byte[] file, String words) {
        PictureException refused = assertThrows(PictureException.class, () -> read(file));
        assertTrue(refused.getMessage().startsWith("reading the picture odd.webp of kind WEBP: ")
                && refused.getMessage().contains(words), refused.getMessage());
    }

    private static byte[] animated(int left, int top, byte[]... frame) {
        return Webps.chunk("ANMF", Blocks.joined(Blocks.little(3, left / 2), Blocks.little(3, top / 2),
                Blocks.little(3, DRAWN.width() - 1), Blocks.little(3, DRAWN.height() - 1), new byte[4],
                Blocks.joined(frame)));
    }

    @Test
    void drawnOnesAreReadAsTheyWereDrawn() throws IOException {
        for (int seed = 0; seed < 24; seed++) {
            Made made = Webps.make(new Dice(seed));
            assertEquals(0, Fixture.maxDifference(made.expected(), read(made.file())), made.what());
        }
    }

    /** More than 255 and more than 65,535 pixels of a screen's side are three bytes. */
    @ParameterizedTest
    @ValueSource(ints = {20, 300, 16000})
    void anAnimationsFirstFrameLiesOnItsScreen(int width) throws IOException {
        byte[] other = Webps.chunk("ANMF", new byte[16]);
        RgbImage seen = read(Webps.riff(Webps.extended(2, width, 600), Webps.chunk("ANIM", new byte[6]),
                animated(width - 14, 520, FRAME), other));
        assertEquals(width + " x 600", seen.width() + " x " + seen.height());
        RgbImage still = read(STILL);
        assertArrayEquals(still.rgb(), seen.crop(width - 14, 520, 12, 10).rgb());
        assertArrayEquals(new byte[3 * 14 * 520], seen.crop(width - 14, 0, 14, 520).rgb());
    }

    /** The colours under a frame's transparent pixels count. */
    @Test
    void aFramesAlphaIsReadPast() throws IOException {
        byte[] alpha = new byte[1 + 12 * 10];
        Arrays.fill(alpha, 5, 90, (byte) 0x80);
        RgbImage seen = read(Webps.riff(Webps.extended(0x12, 12, 10), Webps.chunk("ANIM", new byte[6]),
                animated(0, 0, Webps.chunk("ALPH", alpha), FRAME)));
        assertArrayEquals(read(STILL).rgb(), seen.rgb());
    }

    @Test
    void oddChunksArePadded() throws IOException {
        byte[] expected = read(STILL).rgb();
        for (int length = 0; length < 4; length++) {
            byte[] file = Webps.riff(Webps.extended(0, 12, 10), Webps.chunk("odd?", new byte[length]), FRAME);
            assertArrayEquals(expected, read(file).rgb());
        }
    }

    /** Some writers put JPEG's introduction before the block. */
    @ParameterizedTest
    @ValueSource(strings = {"", "Exif\0\0"})
    void theOrientationIsApplied(String introduction) throws IOException {
        for (int seed = 0; seed < 8; seed++) {
            byte[] exif = Blocks.joined(Blocks.text(introduction), Blocks.exif(new Dice(seed), 1 + seed));
            RgbImage seen = read(Webps.riff(Webps.extended(8, 12, 10), FRAME, Webps.chunk("EXIF", exif)));
            assertArrayEquals(Orientation.apply(read(STILL), 1 + seed).rgb(), seen.rgb(), "orientation " + seed);
        }
        byte[] empty = Blocks.text(introduction);
        RgbImage seen = read(Webps.riff(Webps.extended(8, 12, 10), FRAME, Webps.chunk("EXIF", empty)));
        assertArrayEquals(read(STILL).rgb(), seen.rgb());
    }

    @Test
    void aFileThatIsCutSaysHowLongItShouldBe() {
        for (int length : new int[]{12, 20, STILL.length - 40, STILL.length - 2, STILL.length - 1}) {
            refused(Arrays.copyOf(STILL, length), "it is cut off after [" + length + "] bytes of " + STILL.length);
        }
        byte[] claiming = STILL.clone();
        claiming[7] = -1;
        refused(claiming, "it is cut off after [" + STILL.length + "] bytes of 42");
        byte[] longer = STILL.clone();
        longer[17] += 1;
        refused(longer, "it is cut off: a chunk [VP8 ]");
    }

    @Test
    void aFileWithoutAFrameSaysSo() {
        refused(Webps.riff(), "it is cut off or empty: [no] frame in [12] bytes");
        refused(Webps.riff(Webps.extended(2, 12, 10), Webps.chunk("ANIM", new byte[6])), "[no] frame in");
        refused(Webps.riff(animated(0, 0)), "reading the picture");
        refused(Webps.riff(Webps.extended(2, 12, 10), animated(0, 0)), "reading the picture");
    }

    @Test
    void aChunkThatIsTooShortForWhatItSaysIsDamage() {
        refused(Webps.riff(FRAME, Webps.chunk("VP8X", new byte[0])), "damaged: a chunk [VP8X] of [0] bytes");
        refused(Webps.riff(Webps.chunk("VP8X", new byte[9]), FRAME), "damaged: a chunk [VP8X] of [9] bytes at 12");
        refused(Webps.riff(Webps.extended(2, 12, 10), Webps.chunk("ANMF", new byte[15])),
                "damaged: a chunk [ANMF] of [15] bytes at 30");
    }
}
