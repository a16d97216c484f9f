package dev.tandem.edge.serve;

import java.util.LinkedHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Who has been refused again and again. A device's refusals are counted and forgotten, one a second; beyond
 * {@value #PATIENCE} it is to wait, and what it asks meanwhile is refused without a look; beyond {@value #MOST} its
 * connection ends. Time is handed in. Not thread safe.
 */
final class Refusals {
    static final int PATIENCE = 64;
    static final int MOST = 512;
    static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long FORGET_NANOS = TimeUnit.SECONDS.toNanos(1);
    static final int MOST_KNOWN = 4096;

    /** Those that were refused longest ago are forgotten first. */
    private final LinkedHashMap<String, Tally> devices = new LinkedHashMap<>(16, 0.75f, true);

    private static final class Tally {
        private long count;
        private long since;
        private long waitUntil;
        private boolean waits;

        Tally(long now) {
            since = now;
        }

        void forget(long now) {
            long seconds = Math.max(0, (now - since) / FORGET_NANOS);
            count = Math.max(0, count - seconds);
            since += seconds * FORGET_NANOS;
            waits = waits && now - waitUntil < 0;
        }
    }

    /** Counts one; the device is to wait from now on where it has had too many. */
    void refused(String device, long now) {
        Tally tally = devices.computeIfAbsent(device, name -> new Tally(now));
        tally.forget(now);
        tally.count++;
        if (devices.size() > MOST_KNOWN) {
            devices.pollFirstEntry();
        }
        if (tally.count > PATIENCE && !tally.waits) {
            tally.waits = true;
            tally.waitUntil = now + WAIT_NANOS;
        }
    }

    /** How long a device is to wait, ns; 0 where it may ask. */
    long waitNanos(String device, long now) {
        Tally tally = devices.get(device);
        if (tally == null) {
            return 0;
        }
        tally.forget(now);
        return tally.waits ? tally.waitUntil - now : 0;
    }

    /** Devices that are remembered. */
    int size() {
        return devices.size();
    }

    /** Whether a device has gone on so long that its connection ends; what it did is forgotten then. */
    boolean tooMany(String device, long now) {
        Tally tally = devices.get(device);
        boolean many = tally != null && tally.count > MOST;
        if (many) {
            // A new connection is a new try, but it still waits.
            tally.count = PATIENCE;
            tally.waits = true;
            tally.waitUntil = now + WAIT_NANOS;
        }
        return many;
    }
}
