package dev.tandem.task;

/** A task or a part whose bytes are not what docs/wire.md says. */
public final class MalformedTaskException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedTaskException(String message) {
        super(message);
    }

    public MalformedTaskException(String message, Throwable cause) {
        super(message, cause);
    }
}
