package dev.tandem.hil.trial;

import dev.tandem.pack.Pack;
import dev.tandem.transport.frame.AnswerSummary;
import dev.tandem.transport.netty.Certificates;
import dev.tandem.transport.netty.ClientSettings;
import dev.tandem.transport.netty.Credentials;
import dev.tandem.transport.netty.DeviceLoops;
import dev.tandem.transport.netty.TandemClient;
import dev.tandem.transport.netty.TransportChoice;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Many devices on one edge: some ask at a steady rate, then many more sit idle. Devices share this process, the edge has its own. */
final class CrowdTrial {
    private static final int EXCHANGES_PER_SECOND = 100;
    private static final int SECONDS = 20;
    private static final int IDLE_SECONDS = 30;
    private static final String NAME = "crowd";

    private final ClientSettings settings;
    private final Process edge;
    private final BufferedReader said;
    private final List<TandemClient> clients = new ArrayList<>();

    private CrowdTrial(ClientSettings settings, Process edge, BufferedReader said) {
        this.settings = settings;
        this.edge = edge;
        this.said = said;
    }

    static List<TrialRow> run(Path folder, int devices, int idle) throws Exception {
        Pack pack = Pack.open(folder);
        Path certificates = Files.createTempDirectory("tandem-crowd");
        Certificates.Development made = Certificates.createDevelopment(certificates.resolve("certs"),
                List.of("127.0.0.1"));
        Credentials own = made.edge();
        Process edge = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-Xmx256m", "-cp",
                System.getProperty("java.class.path"), CrowdEdge.class.getName(), folder.toString(),
                own.certificate().toString(), own.key().toString(), own.trust().toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (DeviceLoops loops = DeviceLoops.of(2)) {
            BufferedReader said = new BufferedReader(
                    new InputStreamReader(edge.getInputStream(), StandardCharsets.UTF_8));
            int port = Integer.parseInt(said.readLine());
            CrowdTrial trial = new CrowdTrial(ClientSettings
                    .of("127.0.0.1", port, made.device(), CountingEdge.identity(pack))
                    .withTransport(TransportChoice.QUIC), edge, said);
            return trial.measure(TrialSlices.of(pack, 1), devices, idle, loops);
        } finally {
            edge.destroyForcibly().waitFor();
            try (Stream<Path> files = Files.walk(certificates)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        }
    }

    private List<TrialRow> measure(TrialSlices picture, int devices, int idle, DeviceLoops loops) throws Exception {
        List<TrialRow> rows = new ArrayList<>();
        long start = System.nanoTime();
        connect(devices, loops);
        rows.add(TrialRow.of(NAME, "devices", devices));
        rows.add(TrialRow.of(NAME, "seconds to connect them", (System.nanoTime() - start) / 1e9));
        AtomicInteger errors = new AtomicInteger();
        double[] overhead = traffic(picture, errors);
        Quantiles found = Quantiles.of(overhead);
        rows.add(TrialRow.of(NAME, "exchanges a second in all, %d s long, %d slice bytes each".formatted(SECONDS,
                picture.bytes()), (double) overhead.length / SECONDS));
        rows.add(TrialRow.exactly(NAME, "errors", errors.get(), 0));
        rows.add(TrialRow.of(NAME, "transport overhead, median, ms", found.median()));
        rows.add(TrialRow.atMost(NAME, "transport overhead, p99, ms", found.p99(), 20));
        rows.add(TrialRow.atMost(NAME, "edge process resident, MB", status()[0] * 1024 / 1e6, 600));
        connect(Math.max(0, idle - devices), loops);
        TimeUnit.SECONDS.sleep(IDLE_SECONDS);
        long[] status = status();
        rows.add(TrialRow.exactly(NAME, "connections held for %d s".formatted(IDLE_SECONDS), status[1],
                Math.max(idle, devices)));
        rows.add(TrialRow.of(NAME, "edge process resident then, MB", status[0] * 1024 / 1e6));
        return rows;
    }

    private void connect(int count, DeviceLoops loops) {
        for (int i = 0; i < count; i++) {
            clients.add(TandemClient.connect(settings, loops));
        }
    }

    /** Times that an exchange took beside the edge's own work, ms. */
    private double[] traffic(TrialSlices picture, AtomicInteger errors) throws Exception {
        int count = SECONDS * EXCHANGES_PER_SECOND;
        long gap = TimeUnit.SECONDS.toNanos(1) / EXCHANGES_PER_SECOND;
        List<CompletableFuture<Double>> all = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            TimeUnit.NANOSECONDS.sleep(start + i * gap - System.nanoTime());
            long sent = System.nanoTime();
            all.add(clients.get(i % clients.size()).ask(Rig.ask(picture), word -> {
            }).answer().handle((answer, failure) -> overhead(sent, answer, errors)));
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

    private long[] status() throws IOException {
        OutputStream ask = edge.getOutputStream();
        ask.write('\n');
        ask.flush();
        String[] words = said.readLine().split(" ");
        return new long[]{Long.parseLong(words[0]), Long.parseLong(words[1])};
    }
}
