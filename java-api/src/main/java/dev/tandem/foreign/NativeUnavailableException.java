package dev.tandem.foreign;

import java.util.List;

/** A native library or runtime that was asked for cannot be used; carries every reason found, in the order tried. */
public final class NativeUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> reasons;

    /**
     * @param what
     *            the thing that was wanted, for example {@code "native library libtandem"}
     * @param reasons
     *            one sentence for each way that was tried
     */
    public NativeUnavailableException(String what, List<String> reasons) {
        this(what, reasons, null);
    }

    /** As {@link #NativeUnavailableException(String, List)}, with the cause that ended the search. */
    public NativeUnavailableException(String what, List<String> reasons, Throwable cause) {
        super(what + " cannot be used: [" + String.join("; ", reasons) + "]", cause);
        this.reasons = List.copyOf(reasons);
    }

    /** Why, one sentence each; empty only after deserialisation, where the message still has them. */
    public List<String> reasons() {
        return reasons == null ? List.of() : reasons;
    }
}
