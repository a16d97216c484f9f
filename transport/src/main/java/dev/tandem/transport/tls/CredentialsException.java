package dev.tandem.transport.tls;

/**
 * Credentials that cannot be used: a file that is not there, is none, or does not belong to the others. Says which and
 * why.
 */
public final class CredentialsException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** With the full message, and what led to it. */
    public CredentialsException(String message, Throwable cause) {
        super(message, cause);
    }
}
