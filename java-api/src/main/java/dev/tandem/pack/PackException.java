package dev.tandem.pack;

/**
 * A pack that cannot be used. The message says what was attempted, on which file or field, what was found [in
 * brackets], what was needed and what to do. Unchecked, since no caller can mend a pack.
 */
public final class PackException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** A refusal with its full message. */
    public PackException(String message) {
        super(message);
    }

    /** A refusal that an I/O or parse error led to. */
    public PackException(String message, Throwable cause) {
        super(message, cause);
    }
}
