package dev.tandem.method.image;

import dev.tandem.entropy.CorruptBitstreamException;

/**
 * What an edge takes as a picture file: the point's own format, a picture not much larger than the encoder takes, in
 * few scans and without metadata. Judged by the file's own structure before any of it is decoded, since decoding costs
 * what a file's header asks for, not what its bytes cost who sends them.
 *
 * @param mostPixels width times height at most
 * @param mostBytes  of the whole file
 */
record PictureFile(long mostPixels, long mostBytes) {
    /** So many times the encoder's pixels. */
    private static final int TIMES = 4;
    /** A file may have what its pixels take uncoded, and always as much as headers and tables need. */
    private static final int BYTES_A_PIXEL = 3;
    private static final long LEAST_BYTES = 1 << 16;

    /** For an encoder that takes pictures of that size. */
    static PictureFile of(int width, int height) {
        long pixels = Math.multiplyExact(TIMES, (long) width * height);
        return new PictureFile(pixels, Math.max(LEAST_BYTES, BYTES_A_PIXEL * pixels));
    }

    /**
     * Refuses what is not such a file.
     *
     * @param format of the operating point
     * @throws CorruptBitstreamException in words
     */
    void check(byte[] file, String format) {
        bytes(file.length);
        switch (format) {
            case "jpeg" -> JpegStructure.check(file, mostPixels);
            case "webp" -> WebpStructure.check(file, mostPixels);
            default -> throw new IllegalArgumentException("reading a picture as [" + format + "]; needed jpeg or webp");
        }
    }

    /** Refuses a file that has grown too long. */
    void bytes(long length) {
        if (length > mostBytes) {
            throw refused(0, "a picture file of at most " + mostBytes + " bytes", length + " bytes");
        }
    }

    static void pixels(int at, long width, long height, long most) {
        if (width < 1 || height < 1 || width * height > most) {
            throw refused(at, "a picture of 1 to " + most + " pixels, since the encoder takes no more",
                    width + " x " + height);
        }
    }

    static CorruptBitstreamException refused(int at, String needed, String found) {
        return new CorruptBitstreamException("picture", at, needed, found);
    }
}
