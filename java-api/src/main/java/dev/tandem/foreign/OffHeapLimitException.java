package dev.tandem.foreign;

import java.util.StringJoiner;

/** An off-heap allocation would pass the hard cap of its account; nothing was allocated. */
public final class OffHeapLimitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long requestedBytes;
    private final long reservedBytes;
    private final long capBytes;

    /** Names the account whose cap it is, and who holds what of it. */
    OffHeapLimitException(MemoryAccount account, long requestedBytes, long reservedBytes, long capBytes) {
        super("cannot allocate [" + requestedBytes + "] bytes off the heap for account [" + account.path() + "]: ["
                + reservedBytes + "] of [" + capBytes + "] are in use" + holders(account)
                + "; lower the number of parallel exchanges or raise -D" + MemoryAccount.CAP_PROPERTY);
        this.requestedBytes = requestedBytes;
        this.reservedBytes = reservedBytes;
        this.capBytes = capBytes;
    }

    private static String holders(MemoryAccount account) {
        StringJoiner words = new StringJoiner(", ", " (", ")").setEmptyValue("");
        account.owners().forEach((owner, usage) -> {
            if (usage.bytes() > 0 && owner.indexOf('/') < 0) {
                words.add(owner + " " + usage.bytes());
            }
        });
        return words.toString();
    }

    /** Bytes asked for. */
    public long requestedBytes() {
        return requestedBytes;
    }

    /** Bytes that the account held. */
    public long reservedBytes() {
        return reservedBytes;
    }

    /** Its cap. */
    public long capBytes() {
        return capBytes;
    }
}
