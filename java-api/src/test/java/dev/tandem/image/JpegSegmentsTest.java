package dev.tandem.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.image.made.Blocks;
import dev.tandem.image.made.Dice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Segments between a JPEG's start and its first scan. */
class JpegSegmentsTest {
    private static final RgbImage DRAWN = Fixture.shades(20, 12, 6);
    private static final byte[] FILE = ImageWriter.jpeg(DRAWN, 80, false);

    private static byte[] segment(int marker, byte... payload) {
        return Blocks.joined(new byte[]{-1, (byte) marker}, Blocks.big(2, payload.length + 2L), payload);
    }

    private static byte[] with(byte[]... pieces) {
        return Blocks.joined(Arrays.copyOf(FILE, 2), Blocks.joined(pieces), Arrays.copyOfRange(FILE, 2, FILE.length));
    }

    private static byte[] exif(int orientation) {
        return segment(0xe1, Blocks.joined(Blocks.text("Exif\0\0"), Blocks.exif(new Dice(2), orientation)));
    }

    private static void seen(int orientation, byte[]... pieces) throws IOException {
        RgbImage expected = Orientation.apply(ImageReader.read(FILE, "plain.jpg"), orientation);
        assertEquals(0, Fixture.maxDifference(expected, ImageReader.read(with(pieces), "said.jpg")));
    }

    @Test
    void theFirstExifBlockThatIsOneCounts() throws IOException {
        seen(6, exif(6));
        seen(6, exif(6), exif(3));
        seen(6, segment(0xe1, Blocks.text("Exif\0\0")), exif(6));
        seen(6, segment(0xe1, Blocks.text("http://ns.adobe.com/xap/1.0/\0")), exif(6));
        seen(1, segment(0xe2, Arrays.copyOfRange(exif(6), 4, exif(6).length)));
    }

    /** Behind a segment that promises more than it has, bytes are none of its entries. */
    @Test
    void anExifBlockEndsWithItsSegment() throws IOException {
        byte[] announced = Blocks.joined(Blocks.text("Exif\0\0MM\0*"), Blocks.big(4, 8), Blocks.big(2, 1));
        byte[] entry = {1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0};
        seen(6, segment(0xe1, Blocks.joined(announced, entry)));
        seen(1, segment(0xe1, announced), entry);
    }

    /** Nothing but what says the colours has a say in how samples are decoded. */
    @Test
    void theDecoderSeesOneApplicationSegmentAndNoComment() throws IOException {
        List<byte[]> all = new ArrayList<>();
        for (int marker = 0xe0; marker <= 0xef; marker++) {
            all.add(segment(marker, (byte) 1, (byte) 2));
        }
        all.add(segment(0xfe, (byte) 'a'));
        BytesStream stream = JpegFile.frame(with(all.toArray(byte[][]::new))).stream();
        byte[] left = new byte[(int) stream.length()];
        stream.readFully(left);
        JpegSegments segments = new JpegSegments(left, 2);
        List<Integer> found = new ArrayList<>();
        for (int marker = segments.next(); marker != JpegSegments.SOS; marker = segments.next()) {
            found.add(marker);
        }
        assertEquals(List.of(0xe0), found.stream().filter(marker -> marker >= 0xe0).toList());
        assertTrue(found.containsAll(List.of(0xdb, 0xc4, 0xc0)));
        assertArrayEquals(ImageReader.read(FILE, "plain").rgb(), ImageReader.read(with(), "again").rgb());
    }

    @Test
    void aFileThatEndsWithinASegmentHasNoMore() throws PictureException {
        byte[] whole = segment(0xe5, (byte) 7);
        for (int length = 0; length < whole.length; length++) {
            assertEquals(JpegSegments.END, new JpegSegments(Arrays.copyOf(whole, length), 0).next(), "of " + length);
        }
        JpegSegments segments = new JpegSegments(whole, 0);
        assertEquals(0xe5, segments.next());
        assertEquals(4, segments.body());
        assertEquals(5, segments.end());
        assertEquals(JpegSegments.END, segments.next());
    }

    @Test
    void aFileThatIsCutAnywhereBeforeItsDataIsRefusedInWords() throws PictureException {
        JpegSegments segments = new JpegSegments(FILE, 2);
        while (segments.next() != JpegSegments.SOS) {
            // On to the scan.
        }
        for (int length = 3; length <= segments.end(); length++) {
            refused(Arrays.copyOf(FILE, length));
        }
        refused(Blocks.joined(Arrays.copyOf(FILE, segments.start()), segment(0xda)));
    }

    private static void refused(byte[] file) {
        PictureException refused = assertThrows(PictureException.class, () -> ImageReader.read(file, "cut.jpg"));
        assertTrue(refused.getMessage().contains("cut off"), refused.getMessage());
    }
}
