package dev.tandem.transport.session;

/** How many exchanges the edge lets a device open: always a window beyond those that have ended. */
public final class CreditGrant {
    private final int window;
    private long opened;
    private long ended;
    private long told;

    public CreditGrant(int window) {
        this.window = window;
        this.told = window;
    }

    /** Exchanges that may be opened in all. */
    public long total() {
        return ended + window;
    }

    /** The device has opened one. */
    public void opened() {
        opened++;
    }

    /** One has ended and nothing here holds it any more. */
    public void ended() {
        ended++;
    }

    /**
     * Whether the device, by what it was told last, has less than half of the window left, and there is more to tell.
     */
    public boolean worthTelling() {
        return total() > told && 2 * (told - opened) < window;
    }

    /** The total to tell it now. */
    public long tell() {
        told = total();
        return told;
    }
}
