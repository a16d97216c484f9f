package dev.tandem.foreign;

/** An off-heap allocation would pass the hard cap of its account; nothing was allocated. */
public final class OffHeapLimitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long requestedBytes;
    private final long reservedBytes;
    private final long capBytes;

    OffHeapLimitException(String account, long requestedBytes, long reservedBytes, long capBytes) {
        super("cannot allocate [" + requestedBytes + "] bytes off the heap for account [" + account + "]: ["
                + reservedBytes + "] of [" + capBytes
                + "] are in use; lower the number of parallel exchanges or raise -D"
                + MemoryAccount.CAP_PROPERTY);
        this.requestedBytes = requestedBytes;
        this.reservedBytes = reservedBytes;
        this.capBytes = capBytes;
    }

    public long requestedBytes() {
        return requestedBytes;
    }

    public long reservedBytes() {
        return reservedBytes;
    }

    public long capBytes() {
        return capBytes;
    }
}
