package dev.tandem.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.image.made.Blocks;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** What a frame and its scans say before they are decoded. */
class JpegFrameTest {
    private static final byte[] END = {-1, (byte) 0xd9};

    private static JpegFrame frame(int marker, int width, int height, int... idsAndSamplings) throws PictureException {
        byte[] payload = Blocks.joined(new byte[]{8}, Blocks.big(2, height), Blocks.big(2, width),
                new byte[]{(byte) (idsAndSamplings.length / 2)});
        for (int i = 0; i < idsAndSamplings.length; i += 2) {
            payload = Blocks.joined(payload, new byte[]{(byte) idsAndSamplings[i], (byte) idsAndSamplings[i + 1], 0});
        }
        return JpegFrame.of(marker, ByteBuffer.wrap(payload));
    }

    /** Sides above 32,767 have their upper bit set. */
    @Test
    void samplesAreThoseOfAllComponentsByTheirShare() throws PictureException {
        JpegFrame grey = frame(0xc0, 40_000, 2, 1, 0x11);
        assertEquals(40_000, grey.width());
        assertEquals(2, grey.height());
        assertEquals(80_000, grey.samples());
        assertFalse(grey.progressive());
        JpegFrame half = frame(0xc2, 300, 50_000, 1, 0x22, 200, 0x11, 3, 0x11);
        assertEquals(50_000, half.height());
        assertEquals(300L * 50_000 * 6 / 4, half.samples());
        assertArrayEquals(new int[]{1, 200, 3}, half.ids());
        assertTrue(half.progressive());
        assertEquals(64 * 16 * 3, frame(0xc1, 64, 16, 1, 0x41, 2, 0x14, 3, 0x22).samples());
        assertEquals(64 * 16 * 10 / 6, frame(0xc1, 64, 16, 1, 0x23, 2, 0x11, 3, 0x31).samples());
    }

    @Test
    void aProgressivePictureOfTheMostCoefficientsIsTakenAndOfOneMoreNot() {
        byte[] file = Blocks.joined(scan(1), END);
        long most = JpegScans.MOST_COEFFICIENTS;
        JpegFrame largest = new JpegFrame(true, 16384, 16384, new int[]{1}, most);
        assertDoesNotThrow(() -> new JpegScans(file, 0, largest));
        JpegFrame larger = new JpegFrame(true, 16384, 16385, new int[]{1}, most + 1);
        assertTrue(assertThrows(PictureException.class, () -> new JpegScans(file, 0, larger)).getMessage()
                .contains("[16384 x 16385] pixels in progressive form"));
        assertDoesNotThrow(() -> new JpegScans(file, 0, new JpegFrame(false, 16384, 16385, new int[]{1}, most + 1)));
    }

    private static byte[] scan(int components) {
        byte[] header = new byte[1 + 2 * components + 3];
        header[0] = (byte) components;
        return Blocks.joined(new byte[]{-1, (byte) 0xda}, Blocks.big(2, header.length + 2L), header,
                new byte[]{1, 2, 3, -1, 0, 4});
    }

    private static boolean complete(boolean progressive, byte[]... pieces) throws PictureException {
        return new JpegScans(Blocks.joined(pieces), 0, new JpegFrame(progressive, 9, 9, new int[]{1, 2, 3}, 81))
                .complete();
    }

    /** A baseline picture may be in a scan for each component. */
    @Test
    void withoutAnEndMarkerAllComponentsMustHaveTheirScan() throws PictureException {
        assertTrue(complete(false, scan(3)));
        assertTrue(complete(false, scan(1), scan(1), scan(1)));
        assertTrue(complete(false, scan(1), scan(2)));
        assertFalse(complete(false, scan(1)));
        assertFalse(complete(false, scan(1), scan(1)));
        assertFalse(complete(true, scan(3), scan(1)));
        assertTrue(complete(false, scan(1), END));
        assertTrue(complete(true, scan(3), END));
    }
}
