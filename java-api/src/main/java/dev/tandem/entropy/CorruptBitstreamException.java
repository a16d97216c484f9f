package dev.tandem.entropy;

/**
 * A stream, slice or table file that is not what its format says. Whoever catches it drops the data and counts it;
 * nothing of it was used.
 */
public final class CorruptBitstreamException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long offset;
    private final String expected;
    private final String found;

    /**
     * @param what what was being read, for example "slice"
     * @param offset byte offset in it at which the damage showed
     * @param expected what the format needs there
     * @param found what stood there
     */
    public CorruptBitstreamException(String what, long offset, String expected, String found) {
        super("corrupt " + what + " at byte [" + offset + "]: expected " + expected + ", found [" + found
                + "]; drop it");
        this.offset = offset;
        this.expected = expected;
        this.found = found;
    }

    /** Byte offset at which the damage showed. */
    public long offset() {
        return offset;
    }

    /** What the format needs at {@link #offset()}. */
    public String expected() {
        return expected;
    }

    /** What stood at {@link #offset()}. */
    public String found() {
        return found;
    }
}
