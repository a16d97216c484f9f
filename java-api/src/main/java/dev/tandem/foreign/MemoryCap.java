package dev.tandem.foreign;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How many bytes this process may hold off the heap where nobody says so. */
final class MemoryCap {
    private MemoryCap() {
    }

    /**
     * The property {@link MemoryAccount#CAP_PROPERTY}, else the memory of the machine or container that the Java heap
     * leaves.
     */
    static long ofProcess() {
        Long asked = Long.getLong(MemoryAccount.CAP_PROPERTY);
        if (asked != null) {
            return asked;
        }
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? left(system.getTotalMemorySize(), Runtime.getRuntime().maxMemory())
                : Long.MAX_VALUE;
    }

    /** What a heap may take is not there; a quarter of all at least, where a heap was given more than there is. */
    static long left(long total, long heap) {
        return Math.max(total / 4, total - heap);
    }
}
