package dev.tandem.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.tandem.image.made.Webps;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What users hear of a picture that is read in part, cut off or damaged. */
class DecoderTest {
    private static final Logger LOG = (Logger) LoggerFactory.getLogger(Decoder.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        LOG.setLevel(Level.INFO);
        LOG.setAdditive(false);
        lines.start();
        LOG.addAppender(lines);
    }

    @AfterEach
    void stop() {
        LOG.detachAppender(lines);
        LOG.setAdditive(true);
        LOG.setLevel(null);
    }

    private List<String> said() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private static String refused(byte[] file) {
        return assertThrows(PictureException.class, () -> ImageReader.read(file, "odd")).getMessage();
    }

    /** Its plug-in scales; the file has some thirty bytes. */
    @Test
    void aBigWebpIsReadInPartAndTheLogSaysSo() throws IOException {
        RgbImage image = ImageReader.read(Webps.flat(16384, 2049, 0x407fb0), "big");
        assertEquals("8192 x 1024", image.width() + " x " + image.height());
        assertArrayEquals(new byte[]{0x40, 0x7f, (byte) 0xb0}, image.crop(8000, 1000, 1, 1).rgb());
        assertEquals(List.of("reading the picture big: of its 16384 x 2049 pixels one in 2 x 2, which makes "
                + "8192 x 1024"), said());
    }

    @Test
    void aPictureThatIsReadWholeAndInOrderSaysNothing() throws IOException {
        RgbImage image = ImageReader.read(Webps.flat(50, 20, 0x10ff03), "small");
        assertEquals("50 x 20", image.width() + " x " + image.height());
        assertArrayEquals(new byte[]{0x10, -1, 3}, image.crop(49, 19, 1, 1).rgb());
        assertEquals(20, ImageReader.read(ImageWriter.jpeg(Fixture.shades(20, 10, 1), 80), "small").width());
        assertEquals(List.of(), said());
    }

    /** A decoder reads ahead, so that a JPEG's data end says nothing. */
    @Test
    void tablesThatAreNoneAreDamageAndNotACut() {
        byte[] jpeg = ImageWriter.jpeg(Fixture.shades(20, 10, 1), 80, false);
        int at = 2;
        while ((jpeg[at + 1] & 0xff) != 0xc4) {
            at += 2 + ((jpeg[at + 2] & 0xff) << 8 | jpeg[at + 3] & 0xff);
        }
        Arrays.fill(jpeg, at + 5, at + 21, (byte) 250);
        assertTrue(refused(jpeg).startsWith("reading the picture odd of kind JPEG: damaged: ["), refused(jpeg));
    }

    /** The pixels' data stop in the middle, under right check sums. */
    @Test
    void pixelsThatStopEarlyAreACut() {
        byte[] png = ImageWriter.png(Fixture.shades(40, 30, 1));
        ByteBuffer bytes = ByteBuffer.wrap(png);
        int at = 8;
        while (bytes.getInt(at + 4) != 0x49444154) {
            at += 12 + bytes.getInt(at);
        }
        int length = bytes.getInt(at) / 2;
        byte[] end = Arrays.copyOfRange(png, png.length - 12, png.length);
        ByteBuffer cut = ByteBuffer.allocate(at + 12 + length + 12).put(png, 0, at + 8 + length).putInt(at, length);
        CRC32 sum = new CRC32();
        sum.update(cut.array(), at + 4, length + 4);
        cut.putInt((int) sum.getValue()).put(end);
        assertTrue(refused(cut.array()).contains("it is cut off: its data ends after ["), refused(cut.array()));
    }
}
