package dev.tandem.edge.serve;

import com.sun.management.OperatingSystemMXBean;
import dev.tandem.pack.FileEntry;
import dev.tandem.pack.Pack;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/**
 * Whether a pack fits the memory that this process may use, said before its models are loaded: where a cgroup's limit
 * is too low the kernel reads weights again and again or kills the process, and nobody says why.
 */
final class Room {
    /** What an edge takes beside weights: code, classes, a small heap, sockets. */
    private static final long BESIDE = 128L << 20;
    /** Weights are mapped files, and a part of them is kept once more in the layout that products want. */
    private static final int TIMES = 2;
    private static final long MIB = 1L << 20;

    private Room() {
    }

    /** A warning in words, or empty where there is enough. */
    static Optional<String> warning(Pack pack) {
        long weights = pack.manifest().files().values().stream().mapToLong(FileEntry::bytes).sum();
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return warning(pack.toString(), weights, system.getTotalMemorySize());
    }

    /** {@code allowed}: bytes that the machine has, or its cgroup allows. */
    static Optional<String> warning(String pack, long weights, long allowed) {
        long needed = TIMES * weights + BESIDE;
        return allowed >= needed
                ? Optional.empty()
                : Optional.of("this process may use [" + allowed / MIB
                        + "] MiB, by the machine or a cgroup's limit; the pack "
                        + pack + " with files of " + weights / MIB + " MiB needs about " + needed / MIB
                        + ": below that it may be slow beyond use, or be killed without a word; allow more");
    }
}
