package dev.tandem.method.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The header of a plain WebP: one chunk, lossy or lossless (RFC 9649); no animation, alpha or metadata. */
final class WebpStructure {
    private static final String WHAT = "a plain WebP of one chunk VP8 or VP8L, whole";
    private static final int HEADER = 20;
    private static final int LEAST = HEADER + 10;
    private static final int SIDE = 0x3fff;

    private WebpStructure() {
    }

    /** CorruptBitstreamException for anything else than {@value #WHAT}. */
    static void check(byte[] file, long mostPixels) {
        require(file.length >= LEAST && word(file, 0).equals("RIFF") && word(file, 8).equals("WEBP"), 0,
                file.length + " bytes without its header");
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        long chunk = Integer.toUnsignedLong(in.getInt(16));
        long padded = chunk + (chunk & 1);
        require(Integer.toUnsignedLong(in.getInt(4)) + 8 == file.length && HEADER + padded == file.length, 4,
                "a chunk of " + chunk + " bytes in " + file.length);
        switch (word(file, 12)) {
            case "VP8 " -> {
                require((file[HEADER] & 1) == 0 && file[HEADER + 3] == (byte) 0x9d && file[HEADER + 4] == 1
                        && file[HEADER + 5] == 0x2a, HEADER, "no key frame");
                PictureFile.pixels(HEADER + 6, in.getShort(HEADER + 6) & SIDE, in.getShort(HEADER + 8) & SIDE,
                        mostPixels);
            }
            case "VP8L" -> {
                require(file[HEADER] == 0x2f, HEADER, "no signature");
                int sides = in.getInt(HEADER + 1);
                PictureFile.pixels(HEADER + 1, (sides & SIDE) + 1L, (sides >>> 14 & SIDE) + 1L, mostPixels);
            }
            default -> require(false, 12, "another chunk");
        }
    }

    private static String word(byte[] file, int at) {
        return new String(file, at, 4, StandardCharsets.ISO_8859_1);
    }

    private static void require(boolean holds, int at, String found) {
        if (!holds) {
            throw PictureFile.refused(at, WHAT, found);
        }
    }
}
