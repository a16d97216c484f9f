package dev.tandem.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.image.made.Dice;
import dev.tandem.image.made.Made;
import dev.tandem.image.made.Plain;
import dev.tandem.image.made.Tiffs;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TIFF files read through, and what is refused of them. */
class TiffFileTest {
    @Test
    void drawnOnesAreReadAsTheyWereDrawn() throws IOException {
        for (int seed = 0; seed < 40; seed++) {
            same(Tiffs.make(new Dice(seed)));
        }
    }

    @Test
    void jpegInTiffIsReadByWhatTheDirectorySays() throws IOException {
        for (int seed = 0; seed < 20; seed++) {
            Dice dice = new Dice(seed);
            same(Tiffs.jpeg(dice, false, 6, 1, 2, 3));
            same(Tiffs.jpeg(dice, true, 2, 'R', 'G', 'B'));
            same(Tiffs.jpeg(dice, false, 1, 1));
        }
    }

    private static void same(Made made) throws IOException {
        int difference = Fixture.maxDifference(made.expected(), ImageReader.read(made.file(), "drawn.tif"));
        assertTrue(difference <= made.bound(), made.what() + " differs by " + difference);
    }

    /** The library would give inverted inks, or take one kind of colours for the other, and not say so. */
    @Test
    void jpegInTiffThatTheLibraryMisreadsIsRefusedInWords() throws IOException {
        Dice dice = new Dice(5);
        Made[] all = {Tiffs.jpeg(dice, false, 5, 1, 2, 3, 4), Tiffs.jpeg(dice, true, 2, 1, 2, 3),
                Tiffs.jpeg(dice, false, 6, 0, 1, 2), Tiffs.jpeg(dice, false, 6, 'R', 'G', 'B')};
        for (Made made : all) {
            refused(made.file(), "convert it to PNG first");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CCITT RLE", "CCITT T.4", "CCITT T.6", "LZW", "PackBits"})
    void faxesAreRead(String compression) throws IOException {
        BufferedImage page = new BufferedImage(67, 40, BufferedImage.TYPE_BYTE_BINARY);
        Dice dice = new Dice(9);
        for (int i = 0; i < 67 * 40; i++) {
            page.setRGB(i % 67, i / 67, dice.in(3) ? -1 : 0);
        }
        RgbImage expected = RgbImage.black(67, 40);
        for (int i = 0; i < expected.rgb().length; i++) {
            expected.rgb()[i] = (byte) page.getRGB(i / 3 % 67, i / 3 / 67);
        }
        assertEquals(0, Fixture.maxDifference(expected, ImageReader.read(written(page, compression), "fax.tif")));
    }

    @Test
    void whatOnlyLooksLikeAPictureIsRefused() throws IOException {
        byte[] file = written(Plain.picture(Fixture.shades(20, 10, 1)), "LZW");
        assertEquals(20, ImageReader.read(file, "plain.tif").width());
        refused(with(file, 262, 8), "colours [8]");
        refused(with(file, 262, 32803), "colours [32803]");
        refused(with(file, 259, 6), "compression [6]");
        refused(with(file, 259, 34892), "compression [34892]");
        refused(with(file, 277, 5), "[5] samples");
        refused(renamed(file, 282, 254, 1), "camera raw or a preview");
        refused(renamed(file, 282, 50706, 1), "camera raw or a preview");
        refused(renamed(file, 282, 339, 3), "no whole numbers");
        refused(renamed(file, 282, 332, 2), "colours [-1]");
    }

    @Test
    void whatLiesBeyondTheFileIsCutOff() throws IOException {
        byte[] file = written(Plain.picture(Fixture.shades(20, 10, 1)), "LZW");
        long length = Ifd.of(ByteBuffer.wrap(file)).number(279, 0);
        refused(with(file, 273, file.length), "strip or tile 0 ends at " + (file.length + length));
        refused(with(file, 279, file.length), "it is cut off after [" + file.length + "] bytes: strip or tile 0");
        refused(java.util.Arrays.copyOf(file, 8), "cut off or empty");
    }

    private static void refused(byte[] file, String words) {
        PictureException refused = assertThrows(PictureException.class, () -> ImageReader.read(file, "odd.tif"));
        assertTrue(refused.getMessage().contains(words), refused.getMessage());
    }

    private static byte[] written(BufferedImage picture, String compression) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
        ImageWriteParam param = writer.getDefaultWriteParam();
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionType(compression);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(picture, null, null), param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** Another value in an entry of the first directory. */
    private static byte[] with(byte[] file, int tag, int value) {
        return renamed(file, tag, tag, value);
    }

    private static byte[] renamed(byte[] file, int tag, int name, int value) {
        byte[] changed = file.clone();
        ByteBuffer tiff = ByteBuffer.wrap(changed)
                .order(changed[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int at = Ifd.of(ByteBuffer.wrap(changed)).entry(tag);
        tiff.putShort(at, (short) name).putShort(at + 2, (short) 4).putInt(at + 4, 1).putInt(at + 8, value);
        return changed;
    }
}
