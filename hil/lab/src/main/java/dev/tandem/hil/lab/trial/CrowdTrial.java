package dev.tandem.hil.lab.trial;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.tandem.command.CommandFailedException;
import dev.tandem.command.ExitCodes;
import dev.tandem.hil.report.Quantiles;
import dev.tandem.pack.Pack;
import dev.tandem.transport.device.ClientSettings;
import dev.tandem.transport.device.DeviceLoops;
import dev.tandem.transport.device.TandemClient;
import dev.tandem.transport.frame.AnswerSummary;
import dev.tandem.transport.session.PeerException;
import dev.tandem.transport.session.TransportChoice;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many devices on one edge: some ask at a steady rate, then many more sit idle. Devices share this process, the edge
 * has its own.
 */
final class CrowdTrial {
    private static final int EXCHANGES_PER_SECOND = 100;
    /** Descriptors for everything that is no device. */
    private static final int DESCRIPTOR_SLACK = 200;
    private static final int CONNECTING = 8;
    private static final int ATTEMPTS = 5;
    private static final String NAME = "crowd";

    /**
     * How long it takes, in seconds.
     *
     * @param warm before anything counts: both processes are new and run uncompiled code at first, an edge runs for weeks
     * @param traffic of what is measured
     * @param idle silence
     */
    record Pace(int warm, int traffic, int idle) {
        static final Pace USUAL = new Pace(10, 20, 30);
    }

    private final CountingProcess edge;
    private final Pace pace;
    private final ClientSettings settings;
    private final List<TandemClient> clients = new ArrayList<>();
    private final AtomicInteger refused = new AtomicInteger();

    private CrowdTrial(CountingProcess edge, Pace pace) {
        this.edge = edge;
        this.pace = pace;
        this.settings = edge.settings(TransportChoice.QUIC);
    }

    static List<TrialRow> run(Path folder, int devices, int idle, Pace pace) throws Exception {
        requireDescriptors(Math.max(devices, idle));
        try (CountingProcess edge = CountingProcess.start(folder, false); DeviceLoops loops = DeviceLoops.of(2)) {
            return new CrowdTrial(edge, pace).measure(TrialSlices.of(Pack.open(folder), 1), devices, idle, loops);
        }
    }

    /** Each device has a socket of its own. */
    private static void requireDescriptors(int devices) {
        long limit = ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getMaxFileDescriptorCount();
        if (limit < devices + DESCRIPTOR_SLACK) {
            throw new CommandFailedException(ExitCodes.UNAVAILABLE, "a crowd of " + devices
                    + " devices in one process: the limit of open files is [" + limit + "], needed "
                    + (devices + DESCRIPTOR_SLACK)
                    + "; raise it (ulimit -n), or ask for fewer with --devices and --idle");
        }
    }

    private List<TrialRow> measure(TrialSlices picture, int devices, int idle, DeviceLoops loops) throws Exception {
        List<TrialRow> rows = new ArrayList<>();
        long start = System.nanoTime();
        connect(devices, loops);
        rows.add(TrialRow.of(NAME, "devices", devices));
        rows.add(TrialRow.of(NAME, "seconds to connect them", (System.nanoTime() - start) / 1e9));
        AtomicInteger errors = new AtomicInteger();
        traffic(picture, pace.warm(), errors);
        start = System.nanoTime();
        double[] overhead = traffic(picture, pace.traffic(), errors);
        double seconds = (System.nanoTime() - start) / 1e9;
        Quantiles found = Quantiles.of(overhead);
        rows.add(TrialRow.of(NAME,
                String.format(Locale.ROOT,
                        "exchanges a second in all, %d s long after %d s to warm up, %d slice bytes each",
                        pace.traffic(), pace.warm(), picture.bytes()),
                overhead.length / seconds));
        rows.add(TrialRow.exactly(NAME, "errors", errors.get(), 0));
        rows.add(TrialRow.of(NAME, "transport overhead, median, ms", found.median()));
        rows.add(TrialRow.atMost(NAME, "transport overhead, p99, ms", found.p99(), 20));
        rows.add(TrialRow.atMost(NAME, "edge process resident, MB", edge.vitals().residentBytes() / 1e6, 600));
        connect(Math.max(0, idle - devices), loops);
        TimeUnit.SECONDS.sleep(pace.idle());
        EdgeVitals status = edge.vitals();
        rows.add(TrialRow.exactly(NAME, String.format(Locale.ROOT, "connections held for %d s", pace.idle()),
                status.connections(),
                Math.max(idle, devices)));
        rows.add(TrialRow.of(NAME, "edge process resident then, MB", status.residentBytes() / 1e6));
        rows.add(TrialRow.exactly(NAME, "attempts to connect that failed", refused.get(), 0));
        rows.add(TrialRow.exactly(NAME, "connections lost and made anew",
                clients.stream().mapToInt(each -> each.connections() - 1).sum(), 0));
        return rows;
    }

    /** Some at a time; one that fails is tried again, and counted. */
    private void connect(int count, DeviceLoops loops) throws InterruptedException, ExecutionException {
        List<Future<TandemClient>> all = new ArrayList<>();
        try (ExecutorService hands = Executors.newFixedThreadPool(CONNECTING)) {
            for (int i = 0; i < count; i++) {
                all.add(hands.submit(() -> connected(loops)));
            }
            for (Future<TandemClient> each : all) {
                clients.add(each.get());
            }
        }
    }

    private TandemClient connected(DeviceLoops loops) {
        for (int attempt = 1;; attempt++) {
            try {
                return TandemClient.connect(settings, loops);
            } catch (PeerException e) {
                refused.incrementAndGet();
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** Times that an exchange took beside the edge's own work, ms. */
    private double[] traffic(TrialSlices picture, int seconds, AtomicInteger errors) throws Exception {
        int count = seconds * EXCHANGES_PER_SECOND;
        long gap = TimeUnit.SECONDS.toNanos(1) / EXCHANGES_PER_SECOND;
        List<CompletableFuture<Double>> all = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            TimeUnit.NANOSECONDS.sleep(start + i * gap - System.nanoTime());
            long sent = System.nanoTime();
            all.add(clients.get(i % clients.size()).ask(Rig.ask(picture), Rig.NOBODY).answer()
                    .handle((answer, failure) -> overhead(sent, answer, errors)));
        }
        double[] times = new double[count];
        for (int i = 0; i < count; i++) {
            times[i] = all.get(i).get(30, TimeUnit.SECONDS);
        }
        return times;
    }

    private static double overhead(long sent, AnswerSummary answer, AtomicInteger errors) {
        if (answer == null) {
            errors.incrementAndGet();
            return Double.POSITIVE_INFINITY;
        }
        return (System.nanoTime() - sent - answer.stageNanos().get("work")) / 1e6;
    }
}
