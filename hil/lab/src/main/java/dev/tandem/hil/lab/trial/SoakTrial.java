package dev.tandem.hil.lab.trial;

import dev.tandem.hil.relay.Profile;
import dev.tandem.pack.Pack;
import dev.tandem.transport.device.Exchange;
import dev.tandem.transport.device.TandemClient;
import dev.tandem.transport.edge.LinkCounters;
import dev.tandem.transport.session.PeerException;
import dev.tandem.transport.session.TransportChoice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * Every fault in turn while devices ask: each exchange must end with an answer or a reason on both ends, and nothing
 * may grow.
 */
final class SoakTrial {
    private static final String NAME = "soak";
    private static final int DEVICES = 4;
    private static final int DEADLINE_S = 8;
    private static final int RECOVERY_S = 30;
    /** One round to load and grow what is needed, and two to compare. */
    private static final int LEAST_ROUNDS = 3;

    /**
     * How long a round takes.
     *
     * @param faults in this order
     * @param questions of every device during each
     */
    record Pace(List<Fault> faults, int questions) {
        static final Pace USUAL = new Pace(List.of(Fault.values()), 25);
    }

    private final Rig rig;
    private final Pace pace;
    private final TrialSlices picture;
    private final List<TandemClient> clients = new ArrayList<>();
    private final Map<Fault, Long> reportedDuring = new EnumMap<>(Fault.class);
    private long asked;
    private long answered;
    private long reported;

    private SoakTrial(Rig rig, Pace pace, TrialSlices picture) {
        this.rig = rig;
        this.pace = pace;
        this.picture = picture;
    }

    static List<TrialRow> run(Pack pack, double minutes, Pace pace, long seed, Consumer<String> say) throws Exception {
        Leaks.watch();
        try (Rig rig = Rig.start(pack, Profile.CLEAN, seed)) {
            SoakTrial soak = new SoakTrial(rig, pace, TrialSlices.of(pack, 4));
            for (int i = 0; i < DEVICES; i++) {
                soak.clients.add(rig.connect(TransportChoice.AUTO));
            }
            try {
                return soak.measure(minutes, say);
            } finally {
                soak.clients.forEach(TandemClient::close);
            }
        }
    }

    private List<TrialRow> measure(double minutes, Consumer<String> say) throws Exception {
        long end = System.nanoTime() + (long) (minutes * 60e9);
        List<EdgeVitals> rounds = new ArrayList<>();
        for (int round = 0; round < LEAST_ROUNDS || System.nanoTime() - end < 0; round++) {
            for (Fault fault : pace.faults()) {
                long before = reported;
                fault.begin(rig);
                for (int i = 0; i < pace.questions(); i++) {
                    together();
                    TimeUnit.MILLISECONDS.sleep(40);
                }
                rig.relay().blockUdp(false);
                rig.relay().profile(Profile.CLEAN);
                recover();
                reportedDuring.merge(fault, reported - before, Long::sum);
            }
            EdgeVitals now = EdgeVitals.of(rig.edge().server());
            rounds.add(now);
            say.accept(String.format(Locale.ROOT, "round %d: %d asked, %d answered, %d ended with a reason; %s", round,
                    asked, answered,
                    reported, now));
        }
        return rows(rounds, minutes);
    }

    /**
     * Asks until every device is answered again, for {@value #RECOVERY_S} s at most: a cut outlasts its questions, and
     * the next fault is another.
     */
    private void recover() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(RECOVERY_S);
        long before;
        do {
            before = reported;
            together();
            TimeUnit.MILLISECONDS.sleep(40);
        } while (reported > before && System.nanoTime() - end < 0);
    }

    /** One question of every device at once; waits for all. */
    private void together() throws InterruptedException {
        List<Exchange> exchanges = new ArrayList<>();
        for (TandemClient client : clients) {
            exchanges.add(client.ask(Rig.ask(picture).withDeadline(Duration.ofSeconds(DEADLINE_S)), Rig.NOBODY));
        }
        for (Exchange each : exchanges) {
            asked++;
            try {
                each.answer().get(3L * DEADLINE_S, TimeUnit.SECONDS);
                answered++;
            } catch (ExecutionException e) {
                reported += e.getCause() instanceof PeerException ? 1 : 0;
            } catch (TimeoutException e) {
                continue; // neither: it is missing in the sum of the two
            }
        }
    }

    private List<TrialRow> rows(List<EdgeVitals> rounds, double minutes) {
        LinkCounters counters = rig.edge().server().counters();
        List<TrialRow> rows = new ArrayList<>(List.of(TrialRow.of(NAME, "minutes", minutes),
                TrialRow.of(NAME, "exchanges asked", asked), TrialRow.of(NAME, "answered", answered),
                TrialRow.of(NAME, "ended with a reason", reported)));
        reportedDuring.forEach((fault, count) -> rows.add(TrialRow.of(NAME, "of them during " + fault, count)));
        rows.addAll(List.of(
                TrialRow.exactly(NAME, "ended with neither, on the device", asked - answered - reported, 0),
                TrialRow.exactly(NAME, "the same, on the edge", counters.open(), 0),
                TrialRow.of(NAME, "slices late, repeated", counters.slices(LinkCounters.Slice.LATE)
                        + counters.slices(LinkCounters.Slice.REPEATED)),
                TrialRow.of(NAME, "connections made", clients.stream().mapToInt(TandemClient::connections).sum()),
                TrialRow.atMost(NAME, "threads more", growth(rounds, EdgeVitals::threads), 0),
                TrialRow.atMost(NAME, "descriptors more", growth(rounds, EdgeVitals::descriptors), 8),
                TrialRow.atMost(NAME, "heap more, MB", growth(rounds, each -> each.heapBytes() / 1e6), 8),
                TrialRow.atMost(NAME, "direct memory more, MB", growth(rounds, each -> each.directBytes() / 1e6), 8),
                TrialRow.exactly(NAME, "buffers leaked", rounds.getLast().leaks(), 0),
                TrialRow.of(NAME, "resident more, MB", growth(rounds, each -> each.residentBytes() / 1e6))));
        return rows;
    }

    /**
     * Mean of the last third of the rounds less that of the first, since one moment's sockets are luck; the very first
     * round, which has loaded and grown what is needed, is left out.
     */
    private static double growth(List<EdgeVitals> rounds, ToDoubleFunction<EdgeVitals> what) {
        List<EdgeVitals> warm = rounds.subList(1, rounds.size());
        int third = Math.max(1, warm.size() / 3);
        return mean(warm.subList(warm.size() - third, warm.size()), what) - mean(warm.subList(0, third), what);
    }

    private static double mean(List<EdgeVitals> rounds, ToDoubleFunction<EdgeVitals> what) {
        return rounds.stream().mapToDouble(what).average().orElseThrow();
    }
}
