package dev.tandem.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;

/** Read back segment by segment, as other programs do. */
class JpegNotesTest {
    private static final String IPTC = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/";

    /** Payloads of the segments of one marker, before the first scan. */
    private static List<byte[]> segments(byte[] file, int wanted) throws PictureException {
        JpegSegments segments = new JpegSegments(file, 2);
        List<byte[]> found = new ArrayList<>();
        for (int marker = segments.next(); marker != JpegSegments.SOS; marker = segments.next()) {
            assertTrue(marker != JpegSegments.END);
            if (marker == wanted) {
                found.add(Arrays.copyOfRange(file, segments.body(), segments.end()));
            }
        }
        return found;
    }

    @ParameterizedTest
    @ValueSource(strings = {"Synthetic: no evidence.", "Größe 5 µm, 猫 (45 %)", "a\nb -- <&>"})
    void aSyntheticPictureSaysSoInItsXmpAndInWords(String comment) throws Exception {
        RgbImage image = Fixture.shades(96, 64, 3);
        byte[] file = ImageWriter.jpeg(image, 90, new JpegNotes(true, comment));
        assertArrayEquals(comment.getBytes(StandardCharsets.UTF_8), segments(file, JpegSegments.COM).getFirst());
        byte[] app1 = segments(file, 0xe1).getFirst();
        String head = "http://ns.adobe.com/xap/1.0/\0";
        assertEquals(head, new String(app1, 0, head.length(), StandardCharsets.US_ASCII));
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        Document packet = factory.newDocumentBuilder()
                .parse(new ByteArrayInputStream(app1, head.length(), app1.length - head.length()));
        assertEquals("http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
                packet.getElementsByTagNameNS(IPTC, "DigitalSourceType").item(0).getTextContent());
        assertEquals("adobe:ns:meta/", packet.getDocumentElement().getNamespaceURI());
    }

    /** The same pixels, and nothing else in the file that was not there. */
    @ParameterizedTest
    @ValueSource(ints = {1, 9, 64, 224})
    void notesChangeNothingButTheSegmentsThatTheyAre(int side) throws Exception {
        RgbImage image = Fixture.shades(side, side, 4);
        byte[] plain = ImageWriter.jpeg(image, 80);
        byte[] said = ImageWriter.jpeg(image, 80, new JpegNotes(false, "four"));
        assertEquals(plain.length + 4 + 4, said.length);
        assertTrue(segments(said, 0xe1).isEmpty());
        assertTrue(segments(plain, JpegSegments.COM).isEmpty());
        assertArrayEquals(ImageReader.read(plain, "plain").rgb(), ImageReader.read(said, "said").rgb());
        assertEquals(segments(plain, 0xe0).size(), segments(said, 0xe0).size());
    }

    @Test
    void aCommentThatNoSegmentHoldsIsRefused() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> new JpegNotes(false, "µ".repeat(32_767)))
                .getMessage().contains("[65534]"));
        byte[] file = ImageWriter.jpeg(RgbImage.black(8, 8), 80, new JpegNotes(false, "x".repeat(65_533)));
        assertTrue(file.length > 65_533);
    }

    @Test
    void pngIsWithoutLoss() throws Exception {
        RgbImage image = Fixture.shades(31, 17, 8);
        assertArrayEquals(image.rgb(), ImageReader.read(ImageWriter.png(image), "png").rgb());
    }
}
