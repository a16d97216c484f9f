package dev.tandem.image;

import java.io.IOException;
import java.nio.file.Path;

/** Reads pictures: JPEG, PNG, GIF (first frame), BMP and WebP. Any thread. */
public final class ImageReader {
    private ImageReader() {
    }

    /** Reads a picture file. */
    public static RgbImage read(Path file) throws IOException {
        throw new UnsupportedOperationException("not yet");
    }

    /** Reads a picture from memory; {@code name} is used in messages. */
    public static RgbImage read(byte[] file, String name) throws IOException {
        throw new UnsupportedOperationException("not yet");
    }
}
