package dev.tandem.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A kind of picture that is read, told by how the file begins; its name says nothing. */
enum PictureKind {
    JPEG("jpeg") {
        @Override
        Frame frame(byte[] file) throws IOException {
            return JpegFile.frame(file);
        }
    },
    PNG("png") {
        @Override
        Frame frame(byte[] file) throws IOException {
            return PngFile.frame(file);
        }
    },
    GIF("gif") {
        @Override
        Frame frame(byte[] file) throws IOException {
            return GifFile.frame(file);
        }
    },
    BMP("bmp") {
        @Override
        Frame frame(byte[] file) {
            return BmpFile.frame(file);
        }
    },
    TIFF("tiff") {
        @Override
        Frame frame(byte[] file) throws IOException {
            return TiffFile.frame(file);
        }
    },
    WEBP("webp") {
        @Override
        Frame frame(byte[] file) throws IOException {
            return WebpFile.frame(file);
        }
    };

    /** Bytes of a file's start that tell its kind. */
    static final int START = 4096;

    private final String format;

    PictureKind(String format) {
        this.format = format;
    }

    /** ImageIO's name for it. */
    String format() {
        return format;
    }

    /**
     * What ImageIO shall decode of a file of this kind, and how the result is held.
     *
     * @throws PictureException for a form of it that is not read, or a file that is cut off before its pixels
     */
    abstract Frame frame(byte[] file) throws IOException;

    /** The kind of a file with this start; null for none of them. */
    static PictureKind of(byte[] start) {
        String text = new String(start, 0, Math.min(start.length, 16), StandardCharsets.ISO_8859_1);
        if (text.startsWith("\u00ff\u00d8\u00ff")) {
            return JPEG;
        }
        if (text.startsWith("\u0089PNG\r\n\u001a\n")) {
            return PNG;
        }
        if (text.startsWith("GIF87a") || text.startsWith("GIF89a")) {
            return GIF;
        }
        if (text.startsWith("II*\0") || text.startsWith("MM\0*")) {
            return TIFF;
        }
        if (text.startsWith("RIFF") && text.startsWith("WEBP", 8)) {
            return WEBP;
        }
        return text.startsWith("BM") && bitmapHeader(start) ? BMP : null;
    }

    /** Two letters are not enough: the length of a bitmap's header follows them. */
    private static boolean bitmapHeader(byte[] start) {
        if (start.length < 18) {
            return false;
        }
        int length = Integer.reverseBytes(ByteBuffer.wrap(start).getInt(14));
        return length == 12 || length >= 16 && length <= 124;
    }
}
