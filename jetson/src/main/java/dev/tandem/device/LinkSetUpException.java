package dev.tandem.device;

/** A link that cannot even be tried with the settings given, such as with credentials that are not there. */
public final class LinkSetUpException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LinkSetUpException(RuntimeException cause) {
        super(cause.getMessage(), cause);
    }
}
