package dev.tandem.hil.lab.trial;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.tandem.transport.edge.LinkCounters;
import dev.tandem.transport.edge.TandemServer;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.session.Transport;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * An edge's process at one moment: what must not grow, and what it has counted so far.
 *
 * @param heapBytes used after a collection
 * @param directBytes held by Netty's allocator
 * @param residentBytes of the process, native libraries included; 0 where Linux does not tell
 * @param leaks buffers that were collected without having been released, as far as they were tracked: {@link Leaks}
 * @param hellos connections that said hello, by transport
 * @param ended exchanges and connections by the name of the code they ended with; those above 0
 */
record EdgeVitals(int connections, int threads, long descriptors, long heapBytes, long directBytes, long residentBytes,
        long leaks, long badDatagrams, Map<String, Long> hellos, Map<String, Long> ended) {

    /** Of the process that this is called in. Collects garbage first. */
    static EdgeVitals of(TandemServer server) {
        System.gc();
        UnixOperatingSystemMXBean os = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        LinkCounters counters = server.counters();
        return new EdgeVitals(server.connections(), ManagementFactory.getThreadMXBean().getThreadCount(),
                os.getOpenFileDescriptorCount(), ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                directBytesNow(), residentBytesNow(), Leaks.count(), counters.badDatagrams(), hellosOf(counters),
                endsOf(counters));
    }

    private static Map<String, Long> hellosOf(LinkCounters counters) {
        Map<String, Long> hellos = new TreeMap<>();
        for (Transport each : Transport.values()) {
            hellos.put(each.name(), counters.connections(each));
        }
        return hellos;
    }

    private static long directBytesNow() {
        return ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider counted
                ? counted.metric().usedDirectMemory()
                : 0;
    }

    private static Map<String, Long> endsOf(LinkCounters counters) {
        Map<String, Long> ends = new TreeMap<>();
        for (ErrorCode code : ErrorCode.values()) {
            if (counters.ended(code) > 0) {
                ends.put(code.name(), counters.ended(code));
            }
        }
        return ends;
    }

    private static long residentBytesNow() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""))).findFirst().orElse(0);
        } catch (IOException hidden) {
            return 0;
        }
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT,
                "%d connections, %d threads, %d descriptors, %.1f MB heap, %.1f MB direct, %.0f MB resident, %d leaks",
                connections, threads, descriptors, heapBytes / 1e6, directBytes / 1e6, residentBytes / 1e6,
                leaks);
    }
}
