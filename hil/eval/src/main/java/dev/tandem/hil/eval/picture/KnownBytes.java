package dev.tandem.hil.eval.picture;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.OptionalInt;

/**
 * How many bytes of a picture file two ends could leave out that have agreed on codec, size and settings beforehand, as
 * both ends of a learned codec have agreed on theirs. Everything is counted as known but what the codec's arithmetic or
 * Huffman coder wrote: a bound in the picture codec's favour, since tables that are fitted to each picture are counted
 * as known too (docs/results/evaluation.md states the rule).
 */
public final class KnownBytes {
    private static final int JPEG_START = 0xffd8;
    private static final int RIFF = 0x52494646;
    private static final int FILE_TYPE_BOX = 0x66747970;

    private KnownBytes() {
    }

    /**
     * Counts them.
     *
     * @return nothing for a file that is neither JPEG, WebP nor AVIF
     * @throws IllegalArgumentException if it is one of these and its lengths do not fit it
     */
    public static OptionalInt of(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file);
        try {
            if (file.length >= 4 && (bytes.getShort(0) & 0xffff) == JPEG_START) {
                return OptionalInt.of(file.length - JpegSegments.coded(bytes));
            }
            if (file.length >= 12 && bytes.getInt(0) == RIFF) {
                return OptionalInt.of(file.length - WebpChunks.coded(bytes));
            }
            if (file.length >= 12 && bytes.getInt(4) == FILE_TYPE_BOX) {
                return OptionalInt.of(file.length - AvifBoxes.coded(bytes));
            }
            return OptionalInt.empty();
        } catch (IndexOutOfBoundsException | BufferUnderflowException e) {
            throw new IllegalArgumentException("counting the known bytes of a picture file of [" + file.length
                    + "] bytes: its lengths lead beyond it; needed a whole file", e);
        }
    }
}
