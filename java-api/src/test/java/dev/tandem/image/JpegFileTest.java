package dev.tandem.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.image.made.Blocks;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JPEG's container beside what {@link GeneratedPicturesTest} draws. */
class JpegFileTest {
    private static final RgbImage DRAWN = Fixture.shades(50, 40, 2);

    private static int find(byte[] jpeg, int marker) {
        int at = 2;
        while ((jpeg[at + 1] & 0xff) != marker) {
            at += 2 + ((jpeg[at + 2] & 0xff) << 8 | jpeg[at + 3] & 0xff);
        }
        return at;
    }

    private static byte[] with(byte[] jpeg, int at, int value) {
        byte[] changed = jpeg.clone();
        changed[at] = (byte) value;
        return changed;
    }

    private static void refused(byte[] jpeg, String words) {
        PictureException refused = assertThrows(PictureException.class, () -> ImageReader.read(jpeg, "odd.jpg"));
        assertTrue(refused.getMessage().startsWith("reading the picture odd.jpg of kind JPEG: ")
                && refused.getMessage().contains(words), refused.getMessage());
    }

    /** 97 bytes of a scan can cost as much as all of a picture. */
    @Test
    void moreScansThanAnyEncoderWritesAreRefused() throws IOException {
        byte[] jpeg = ImageWriter.jpeg(DRAWN, 60, true);
        byte[] scan = Arrays.copyOfRange(jpeg, find(jpeg, 0xda), jpeg.length - 2);
        byte[] many = jpeg;
        byte[] end = {(byte) 0xff, (byte) 0xd9};
        int scans = 0;
        for (int i = 0; i < scan.length - 1; i++) {
            scans += scan[i] == (byte) 0xff && scan[i + 1] == (byte) 0xda ? 1 : 0;
        }
        for (int copies = 1; copies * scans <= JpegScans.MOST; copies++) {
            ImageReader.kind(many, "many.jpg").frame(many); // still read
            many = Blocks.joined(Arrays.copyOf(many, many.length - 2), scan, end);
        }
        refused(many, "more than [100] scans");
    }

    @Test
    void aProgressivePictureIsHeldAsCoefficientsWithinBounds() {
        byte[] jpeg = ImageWriter.jpeg(DRAWN, 60, true);
        int at = find(jpeg, 0xc2);
        byte[] large = with(with(jpeg, at + 5, 0x3f), at + 7, 0x3f); // 16,168 by 16,178
        refused(large, "in progressive form");
    }

    @ParameterizedTest
    @CsvSource({"0xc3,lossless JPEG", "0xc5,hierarchical JPEG", "0xc9,arithmetic coding", "0xca,arithmetic coding",
            "0xcb,lossless JPEG"})
    void otherCodingIsRefusedInWords(String marker, String words) {
        byte[] jpeg = ImageWriter.jpeg(DRAWN, 60, false);
        refused(with(jpeg, find(jpeg, 0xc0) + 1, Integer.decode(marker)), words);
    }

    @Test
    void aFrameOfOtherDepthOrComponentsIsRefusedInWords() {
        byte[] jpeg = ImageWriter.jpeg(DRAWN, 60, false);
        int at = find(jpeg, 0xc0);
        refused(with(jpeg, at + 4, 12), "[3] components of [12] bits");
        refused(with(jpeg, at + 9, 2), "[2] components");
        refused(with(jpeg, at + 9, 200), "damaged: a frame header");
        refused(with(jpeg, at + 1, 0xfe), "a scan without a frame");
    }

    /** Where all data are there, a missing end marker takes nothing away. */
    @Test
    void withoutItsEndMarkerABaselinePictureIsWholeAProgressiveOneNot() throws IOException {
        byte[] baseline = ImageWriter.jpeg(DRAWN, 60, false);
        byte[] cut = Arrays.copyOf(baseline, baseline.length - 2);
        assertArrayEquals(ImageReader.read(baseline, "whole").rgb(), ImageReader.read(cut, "cut").rgb());
        byte[] progressive = ImageWriter.jpeg(DRAWN, 60, true);
        refused(Arrays.copyOf(progressive, progressive.length - 2), "cut off");
    }

    /** Half of a picture with an end marker behind it is half a picture. */
    @Test
    void grayThatTheDecoderPutsInForMissingDataIsNotTakenForAPicture() {
        byte[] jpeg = ImageWriter.jpeg(DRAWN, 60, false);
        byte[] end = {(byte) 0xff, (byte) 0xd9};
        refused(Blocks.joined(Arrays.copyOf(jpeg, jpeg.length * 2 / 3), end), "cut off");
    }

    @Test
    void strayBytesBetweenSegmentsArePassedOver() throws IOException {
        byte[] jpeg = ImageWriter.jpeg(DRAWN, 60, false);
        int at = find(jpeg, 0xc0);
        byte[] stray = Blocks.joined(Arrays.copyOf(jpeg, at), new byte[]{1, 2, 0, 3},
                Arrays.copyOfRange(jpeg, at, jpeg.length));
        assertEquals(0, Fixture.maxDifference(ImageReader.read(jpeg, "a"), ImageReader.read(stray, "b")));
    }
}
