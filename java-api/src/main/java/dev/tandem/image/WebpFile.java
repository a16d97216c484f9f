package dev.tandem.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A WebP file for the plug-in (RFC 9649). It decodes a still picture; of an animation the first frame is put into a
 * file of its own.
 */
final class WebpFile {
    private static final int CHUNKS = 12;
    private static final int CHUNK = 8;
    private static final int FRAME = 16;
    private static final int ALPHA = 0x10;

    private final byte[] file;
    private final ByteBuffer bytes;
    private int orientation = Orientation.UPRIGHT;

    private WebpFile(byte[] file) {
        this.file = file;
        bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    }

    static Frame frame(byte[] file) throws PictureException {
        return new WebpFile(file).frame();
    }

    private Frame frame() throws PictureException {
        long said = file.length < CHUNKS ? CHUNKS : CHUNK + (bytes.getInt(4) & 0xffffffffL);
        if (said > file.length) {
            throw new PictureException("it is cut off after [" + file.length + "] bytes of " + said);
        }
        int width = 0;
        int height = 0;
        int animation = -1;
        boolean pixels = false;
        for (int at = CHUNKS; at + CHUNK <= file.length; at = next(at)) {
            switch (type(at)) {
                case "VP8X" -> {
                    width = three(payload(at, 10) + 4) + 1;
                    height = three(at + CHUNK + 7) + 1;
                }
                case "ANMF" -> animation = animation < 0 ? payload(at, FRAME) - CHUNK : animation;
                case "VP8 ", "VP8L" -> {
                    payload(at, 0);
                    pixels = true;
                }
                case "EXIF" -> exif(at);
                default -> {
                    // Has no say in the pixels.
                }
            }
        }
        if (animation < 0 && !pixels) {
            throw new PictureException("it is cut off or empty: [no] frame in [" + file.length + "] bytes");
        }
        return animation < 0
                ? Frame.of(new BytesStream(bytes), orientation)
                : animated(animation, width, height);
    }

    private Frame animated(int at, int width, int height) throws PictureException {
        int from = at + CHUNK;
        int parts = from + FRAME;
        ByteBuffer frame = bytes.slice(parts, from + size(at) - parts).order(ByteOrder.LITTLE_ENDIAN);
        boolean alpha = type(parts).equals("ALPH");
        ByteBuffer head = ByteBuffer.allocate(30).order(ByteOrder.LITTLE_ENDIAN);
        head.put("RIFF".getBytes(StandardCharsets.ISO_8859_1)).putInt((alpha ? 22 : 4) + frame.remaining());
        head.put("WEBP".getBytes(StandardCharsets.ISO_8859_1));
        if (alpha) {
            head.put("VP8X".getBytes(StandardCharsets.ISO_8859_1)).putInt(10).putInt(ALPHA);
            head.put(file, from + 6, 6);
        }
        Canvas canvas = new Canvas(width, height, 2 * three(from), 2 * three(from + 3), 0, false);
        return new Frame(new BytesStream(head.flip(), frame), orientation, canvas);
    }

    /** Some writers leave JPEG's introduction in front of the block. */
    private void exif(int at) {
        int from = at + CHUNK;
        int length = Math.min(size(at), file.length - from);
        int skipped = length > 6 && bytes.getInt(from) == 0x66697845 ? 6 : 0;
        orientation = Ifd.of(bytes.slice(from + skipped, length - skipped)).orientation();
    }

    private String type(int at) {
        return at + CHUNK > file.length ? "" : new String(file, at, 4, StandardCharsets.ISO_8859_1);
    }

    /** A chunk's bytes, as it says; what is too much for an array is more than there is. */
    private int size(int at) {
        return (int) Math.min(bytes.getInt(at + 4) & 0xffffffffL, Integer.MAX_VALUE / 2);
    }

    private int next(int at) {
        return at + CHUNK + size(at) + (size(at) & 1);
    }

    /** Where a chunk's payload begins, if all of it is there and it has at least so many bytes. */
    private int payload(int at, int least) throws PictureException {
        if (at + CHUNK + (long) size(at) > file.length) {
            throw new PictureException("it is cut off: a chunk [" + type(at) + "] of [" + size(at) + "] bytes at " + at
                    + " in a file of " + file.length);
        }
        if (size(at) < least) {
            throw new PictureException("damaged: a chunk [" + type(at) + "] of [" + size(at) + "] bytes at " + at);
        }
        return at + CHUNK;
    }

    private int three(int at) {
        return file[at] & 0xff | (file[at + 1] & 0xff) << 8 | (file[at + 2] & 0xff) << 16;
    }
}
