package dev.tandem.transport.session;

import dev.tandem.transport.frame.FrameHeader;
import dev.tandem.transport.frame.Part;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Parts of an answer that the device has not taken yet: so many bytes of them, and for so long (docs/wire.md, section
 * 4).
 */
public final class PartBuffer {
    private final long maxBytes;
    private final long patienceNanos;
    private final long floorBytesPerSecond;
    private final Queue<Part> parts = new ArrayDeque<>();
    private long bytes;
    private long takenNanos;
    private long behindBytes;
    private long lastNanos;

    /**
     * @param maxBytes header and payload bytes that may wait
     * @param patienceNanos how long something may wait while the device takes nothing
     * @param floorBytesPerSecond a device that takes what the link has of the last part so fast is not too slow
     */
    public PartBuffer(long maxBytes, long patienceNanos, long floorBytesPerSecond) {
        this.maxBytes = maxBytes;
        this.patienceNanos = patienceNanos;
        this.floorBytesPerSecond = floorBytesPerSecond;
    }

    /** Whether there was room for it; for one there always is. */
    public boolean add(Part part, long now) {
        if (!parts.isEmpty() && bytes + size(part) > maxBytes) {
            return false;
        }
        if (parts.isEmpty()) {
            taken(now);
        }
        parts.add(part);
        bytes += size(part);
        return true;
    }

    /** The next one, which the link takes now; null when none waits. */
    public Part take(long now) {
        Part part = parts.poll();
        if (part != null) {
            bytes -= size(part);
            lastNanos = size(part) * 1_000_000_000L / floorBytesPerSecond;
            taken(now);
        }
        return part;
    }

    private void taken(long now) {
        takenNanos = now;
        behindBytes = Long.MAX_VALUE;
    }

    /**
     * Whether the device has taken nothing for too long.
     *
     * @param queued bytes that the link itself still holds; that they become fewer says that the device takes something
     */
    public boolean stalled(long queued, long now) {
        if (parts.isEmpty()) {
            return false;
        }
        if (queued < behindBytes) {
            takenNanos = behindBytes == Long.MAX_VALUE ? takenNanos : now;
            behindBytes = queued;
        }
        return now - takenNanos >= patienceNanos + lastNanos;
    }

    public boolean isEmpty() {
        return parts.isEmpty();
    }

    /** Header and payload bytes that wait. */
    public long bytes() {
        return bytes;
    }

    /** Nobody wants them any more. */
    public void clear() {
        parts.clear();
        bytes = 0;
    }

    /** Header and payload bytes of a part. */
    public static int size(Part part) {
        return FrameHeader.BYTES + 1 + part.bytes().length;
    }
}
