package dev.tandem.hil.lab.sharing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Bombs are pictures that a reader takes, or they would prove nothing. */
class BombsTest {

    private static BufferedImage read(byte[] file) throws IOException {
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(file));
        assertTrue(picture != null, "no reader takes it");
        return picture;
    }

    @Test
    void aJpegWithEmptyScansIsRead() throws IOException {
        BufferedImage picture = read(JpegBomb.make(200, 120, 20));
        assertEquals(200, picture.getWidth());
        assertEquals(120, picture.getHeight());
    }

    @Test
    void aScanTakesFewBytesWhateverThePictureTakes() {
        int few = JpegBomb.make(8_192, 8_176, 1).length;
        int many = JpegBomb.make(8_192, 8_176, 101).length;
        assertTrue((many - few) / 100 < 110, (many - few) / 100 + " bytes a scan");
        assertTrue(many < 256 << 10, many + " bytes");
    }

    @Test
    void aRunThatIsLongerThanOneCodeIsRead() throws IOException {
        assertEquals(2_048, read(JpegBomb.make(2_048, 1_056, 2)).getWidth()); // 33,792 blocks, a run has 32,767
    }

    @Test
    void aPngOfOneColourIsRead() throws IOException {
        byte[] file = PngBomb.make(300, 200);
        BufferedImage picture = read(file);
        assertEquals(300, picture.getWidth());
        assertEquals(200, picture.getHeight());
        assertEquals(0, picture.getRGB(150, 100) & 0xFFFFFF);
        assertTrue(file.length < 1_000, file.length + " bytes");
    }
}
