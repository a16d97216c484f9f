package dev.tandem.hil.eval.picture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** WebP (RFC 9649): a RIFF container, in it one chunk with the picture, perhaps others. */
final class WebpChunks {
    private static final int RIFF_HEADER = 12;
    private static final int CHUNK_HEADER = 8;
    private static final int LOSSY = 0x56503820; // "VP8 "
    private static final int LOSSLESS = 0x5650384c; // "VP8L"
    /** Start code and the picture's size behind the three bytes of the frame tag (RFC 6386, section 9.1). */
    private static final int VP8_START_AND_SIZE = 7;
    /** Signature, size, alpha and version. */
    private static final int VP8L_HEADER = 5;

    private WebpChunks() {
    }

    /** Bytes of the coded picture, without container, start code and size. */
    static int coded(ByteBuffer file) {
        long whole = (file.order(ByteOrder.LITTLE_ENDIAN).getInt(4) & 0xffffffffL) + CHUNK_HEADER;
        if (whole > file.limit()) {
            throw new IndexOutOfBoundsException("container of " + whole);
        }
        int coded = 0;
        int at = RIFF_HEADER;
        while (at < file.limit()) {
            int kind = file.order(ByteOrder.BIG_ENDIAN).getInt(at);
            long length = file.order(ByteOrder.LITTLE_ENDIAN).getInt(at + 4) & 0xffffffffL;
            if (length > file.limit() - at - CHUNK_HEADER) {
                throw new IndexOutOfBoundsException("chunk of " + length);
            }
            if (kind == LOSSY || kind == LOSSLESS) {
                coded += (int) length - (kind == LOSSY ? VP8_START_AND_SIZE : VP8L_HEADER);
            }
            at += CHUNK_HEADER + (int) length + (int) (length & 1);
        }
        return coded;
    }
}
