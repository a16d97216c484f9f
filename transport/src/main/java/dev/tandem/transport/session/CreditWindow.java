package dev.tandem.transport.session;

/** The device's credits: how many exchanges it may still open. */
public final class CreditWindow {
    private long granted;
    private long opened;

    public CreditWindow(long initial) {
        this.granted = initial;
    }

    /** The edge has agreed to so many in all; an older number changes nothing. */
    public void granted(long total) {
        granted = Math.max(granted, total);
    }

    /** Takes one credit, if there is one. */
    public boolean take() {
        if (opened >= granted) {
            return false;
        }
        opened++;
        return true;
    }

    public long left() {
        return granted - opened;
    }
}
