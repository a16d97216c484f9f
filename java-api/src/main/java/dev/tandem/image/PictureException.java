package dev.tandem.image;

import java.io.IOException;

/**
 * A file that was read and is no picture that can be used: of another kind, damaged, cut off, too large. Where the file
 * itself could not be read, another {@link IOException} says so.
 */
public final class PictureException extends IOException {
    private static final long serialVersionUID = 1;

    /** What was found and what was needed. */
    public PictureException(String message) {
        super(message);
    }

    /** As the other constructor, with what led to it. */
    public PictureException(String message, Throwable cause) {
        super(message, cause);
    }
}
