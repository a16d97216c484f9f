package dev.tandem.foreign;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How many bytes this process may hold off the heap where nobody says so. */
final class MemoryCap {
    private MemoryCap() {
    }

    /** The property {@link MemoryAccount#CAP_PROPERTY}, else the memory of the machine or container. */
    static long ofProcess() {
        Long asked = Long.getLong(MemoryAccount.CAP_PROPERTY);
        if (asked != null) {
            return asked;
        }
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : Long.MAX_VALUE;
    }
}
