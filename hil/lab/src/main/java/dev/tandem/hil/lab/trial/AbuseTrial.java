package dev.tandem.hil.lab.trial;

import dev.tandem.hil.lab.attack.Attack;
import dev.tandem.hil.report.Quantiles;
import dev.tandem.pack.Pack;
import dev.tandem.transport.device.TandemClient;
import dev.tandem.transport.frame.AnswerSummary;
import dev.tandem.transport.session.TransportChoice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * An attacker against an edge in a process of its own: a healthy device beside it must not notice, and nothing may be
 * left behind.
 */
final class AbuseTrial {
    private static final String NAME = "abuse";
    private static final int EVERY_MILLIS = 50;
    /** After it the edge's handshake and idle times have ended whatever the attacker left. */
    static final int SETTLE_SECONDS = 8;
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final CountingProcess edge;
    private final TandemClient healthy;
    private final TrialSlices picture;
    private final Consumer<String> say;
    private final int settleSeconds;
    private int failed;

    private AbuseTrial(CountingProcess edge, TandemClient healthy, TrialSlices picture, int settleSeconds,
            Consumer<String> say) {
        this.edge = edge;
        this.healthy = healthy;
        this.picture = picture;
        this.settleSeconds = settleSeconds;
        this.say = say;
    }

    static List<TrialRow> run(Path folder, double minutes, int settleSeconds, long seed, Consumer<String> say)
            throws Exception {
        try (CountingProcess edge = CountingProcess.start(folder, true);
                TandemClient healthy = TandemClient.connect(edge.settings(TransportChoice.QUIC))) {
            return new AbuseTrial(edge, healthy, TrialSlices.of(Pack.open(folder), 4), settleSeconds, say)
                    .measure(minutes, seed);
        }
    }

    private List<TrialRow> measure(double minutes, long seed) throws Exception {
        long nanos = (long) (minutes * MINUTE);
        long calm = Math.min(MINUTE, nanos / 2);
        ask(calm / 4); // classes are loaded, code is compiled
        Quantiles alone = ask(calm);
        attacked(calm / 2, seed - 1); // what an attack needs once is there
        EdgeVitals first = settled();
        failed = 0;
        long strokes;
        long broken;
        Quantiles beside;
        try (Attack attack = Attack.begin(edge.target(), seed)) {
            beside = ask(nanos);
            strokes = attack.strokes();
            broken = attack.broken();
        }
        EdgeVitals last = settled();
        List<TrialRow> rows = new ArrayList<>(List.of(TrialRow.of(NAME, "minutes", minutes),
                TrialRow.of(NAME, "strokes: connections, or eight datagrams", strokes),
                TrialRow.of(NAME, "of them broken off by the edge", broken),
                TrialRow.of(NAME, "a healthy device's questions meanwhile", beside.size()),
                TrialRow.exactly(NAME, "of them without an answer", failed, 0)));
        rows.addAll(latency(alone, beside));
        rows.addAll(refusals(first, last));
        rows.addAll(growth(first, last));
        return rows;
    }

    private void attacked(long nanos, long seed) throws Exception {
        try (Attack attack = Attack.begin(edge.target(), seed)) {
            ask(nanos);
            say.accept(NAME + ": " + attack.strokes() + " strokes, to warm up");
        }
    }

    private EdgeVitals settled() throws Exception {
        ask(TimeUnit.SECONDS.toNanos(settleSeconds));
        edge.vitals(); // collects once, so that what a collection lets go of is let go of
        EdgeVitals vitals = edge.vitals();
        say.accept(NAME + ": " + vitals);
        return vitals;
    }

    /** Times beside the edge's own work, ms, of a question every 50 ms. */
    private Quantiles ask(long nanos) throws InterruptedException, IOException {
        long start = System.nanoTime();
        long told = start;
        List<Double> times = new ArrayList<>();
        for (long next = start; next - start < nanos; next = Math.max(System.nanoTime(),
                next + TimeUnit.MILLISECONDS.toNanos(EVERY_MILLIS))) {
            TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
            long sent = System.nanoTime();
            try {
                AnswerSummary answer = healthy.ask(Rig.ask(picture), Rig.NOBODY).answer().get(30, TimeUnit.SECONDS);
                times.add((System.nanoTime() - sent - answer.stageNanos().get("work")) / 1e6);
            } catch (ExecutionException | TimeoutException e) {
                failed++;
                times.add(Double.POSITIVE_INFINITY);
            }
            if (System.nanoTime() - told > MINUTE) {
                told = System.nanoTime();
                say.accept(NAME
                        + String.format(Locale.ROOT, ": %d asked, %d failed; %s", times.size(), failed, edge.vitals()));
            }
        }
        return Quantiles.of(times.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static List<TrialRow> latency(Quantiles alone, Quantiles beside) {
        return List.of(TrialRow.of(NAME, "its latency without the attacker, median, ms", alone.median()),
                TrialRow.of(NAME, "the same, p99", alone.p99()),
                TrialRow.of(NAME, "with the attacker, median, ms", beside.median()),
                TrialRow.of(NAME, "the same, p99", beside.p99()),
                TrialRow.atMost(NAME, "median with over without", beside.median() / alone.median(), 2),
                TrialRow.atMost(NAME, "p99 with over without", beside.p99() / alone.p99(), 2));
    }

    private static List<TrialRow> refusals(EdgeVitals first, EdgeVitals last) {
        List<TrialRow> rows = new ArrayList<>();
        last.ended().forEach((code, count) -> rows
                .add(TrialRow.of(NAME, "ended with " + code, count - first.ended().getOrDefault(code, 0L))));
        last.hellos().forEach((transport, count) -> rows.add(TrialRow.atLeast(NAME, "hostile hellos over " + transport,
                count - first.hellos().get(transport), 1)));
        rows.add(TrialRow.atLeast(NAME, "bad datagrams in good connections",
                last.badDatagrams() - first.badDatagrams(), 1));
        return rows;
    }

    private static List<TrialRow> growth(EdgeVitals first, EdgeVitals last) {
        return List.of(TrialRow.exactly(NAME, "connections left", last.connections(), 1),
                TrialRow.exactly(NAME, "buffers leaked", last.leaks(), 0),
                TrialRow.atMost(NAME, "threads more than after the first minute", last.threads() - first.threads(), 0),
                TrialRow.atMost(NAME, "descriptors more", last.descriptors() - first.descriptors(), 4),
                TrialRow.atMost(NAME, "heap more, MB", (last.heapBytes() - first.heapBytes()) / 1e6, 8),
                TrialRow.atMost(NAME, "direct memory more, MB", (last.directBytes() - first.directBytes()) / 1e6, 8),
                TrialRow.of(NAME, "resident more, MB", (last.residentBytes() - first.residentBytes()) / 1e6));
    }
}
