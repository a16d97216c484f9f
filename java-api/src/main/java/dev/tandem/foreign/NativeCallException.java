package dev.tandem.foreign;

/** A native call came back with an error: which operation, the status code, and the text the native side gave. */
public final class NativeCallException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String operation;

    /**
     * @param operation
     *            what was attempted and on which thing, for example {@code "open graph [/packs/a/encoder.onnx]"}
     * @param status
     *            the native status code; -1 where the native side has none
     * @param text
     *            the native side's own words
     */
    public NativeCallException(String operation, int status, String text) {
        this(operation, status, text, null);
    }

    /** As {@link #NativeCallException(String, int, String)}, with the exception that brought the text. */
    public NativeCallException(String operation, int status, String text, Throwable cause) {
        super(operation + " failed: status [" + status + "], native text [" + text + "]", cause);
        this.status = status;
        this.operation = operation;
    }

    /**
     * What to throw on for what a method handle's call threw: errors and unchecked exceptions as they are.
     *
     * @param function
     *            the C function
     */
    public static RuntimeException rethrown(String function, Throwable thrown) {
        if (thrown instanceof Error e) {
            throw e;
        }
        return thrown instanceof RuntimeException e ? e : new IllegalStateException(function + " failed", thrown);
    }

    /** The native status code, or -1. */
    public int status() {
        return status;
    }

    /** What was attempted. */
    public String operation() {
        return operation;
    }
}
