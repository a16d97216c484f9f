package dev.tandem.transport.wire;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bytes that the connections of an edge may hold together: frames that come, slices that wait, answers that are not
 * taken. Each device, by whichever connections, may hold as many as are free: one alone takes half, ten leave each
 * other and whoever comes a part of eleven, so that nobody's buffers are everybody's end. Thread safe.
 */
public final class ByteBudget {
    private final long most;
    private final AtomicLong used = new AtomicLong();
    private final Map<String, ByteShare> shares = new ConcurrentHashMap<>();

    /** {@code most} bytes in all, 1 or more. */
    public ByteBudget(long most) {
        if (most < 1) {
            throw new IllegalArgumentException("budget of [" + most + "] bytes, needed at least 1");
        }
        this.most = most;
    }

    /** What this device holds by all its connections; each of them closes it once. */
    public ByteShare share(String device) {
        return shares.compute(device, (key, share) -> {
            ByteShare same = share == null ? new ByteShare(this, key) : share;
            same.holders++;
            return same;
        });
    }

    void leave(ByteShare share) {
        shares.computeIfPresent(share.device(), (key, same) -> --same.holders == 0 ? null : same);
    }

    long add(long bytes) {
        return used.addAndGet(bytes);
    }

    /** Bytes that may be held in all. */
    public long most() {
        return most;
    }

    /** Bytes held now. */
    public long used() {
        return used.get();
    }

    /** Devices that have a share. */
    public int devices() {
        return shares.size();
    }
}
