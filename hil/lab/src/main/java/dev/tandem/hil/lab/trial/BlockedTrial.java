package dev.tandem.hil.lab.trial;

import dev.tandem.hil.relay.LaneProfile;
import dev.tandem.hil.relay.Profile;
import dev.tandem.hil.report.Quantiles;
import dev.tandem.pack.Pack;
import dev.tandem.transport.device.Exchange;
import dev.tandem.transport.device.TandemClient;
import dev.tandem.transport.session.TransportChoice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** UDP blocked from the start, UDP blocked in mid-exchange, everything cut in mid-exchange. */
final class BlockedTrial {
    private BlockedTrial() {
    }

    static List<TrialRow> run(Pack pack, int rounds, long seed) throws Exception {
        TrialSlices picture = TrialSlices.of(pack, 4);
        Profile profile = Profile.both(LaneProfile.CLEAN.withDelayMs(20, 0));
        List<TrialRow> rows = new ArrayList<>();
        try (Rig rig = Rig.start(pack, profile, seed)) {
            double[] direct = new double[rounds];
            double[] blocked = new double[rounds];
            firstAnswer(rig, TransportChoice.TCP, picture); // classes are loaded
            for (int i = 0; i < rounds; i++) {
                direct[i] = firstAnswer(rig, TransportChoice.TCP, picture);
                rig.relay().blockUdp(true);
                blocked[i] = firstAnswer(rig, TransportChoice.AUTO, picture);
                rig.relay().blockUdp(false);
            }
            double tcp = Quantiles.of(direct).median();
            double auto = Quantiles.of(blocked).median();
            rows.add(TrialRow.of("UDP blocked from the start", "first answer over TCP alone, ms, connecting counted",
                    tcp));
            rows.add(TrialRow.atMost("UDP blocked from the start", "more than that over auto, ms", auto - tcp, 500));
            rows.add(TrialRow.atMost("UDP blocked in mid-exchange", "completed or reported after, ms",
                    interrupted(rig, picture, () -> rig.relay().blockUdp(true)), 5_000));
            rig.relay().blockUdp(false);
            rows.add(TrialRow.atMost("cut for 20 s in mid-exchange", "completed or reported after, ms",
                    interrupted(rig, picture, () -> rig.relay().cut(Duration.ofSeconds(20))), 5_000));
        }
        return rows;
    }

    private static double firstAnswer(Rig rig, TransportChoice way, TrialSlices picture) throws Exception {
        long start = System.nanoTime();
        try (TandemClient client = rig.connect(way)) {
            client.ask(Rig.ask(picture), Rig.NOBODY).answer().get(30, TimeUnit.SECONDS);
            return (System.nanoTime() - start) / 1e6;
        }
    }

    /** The fault comes 15 ms after the question: the question is on its way, the answer is not. */
    private static double interrupted(Rig rig, TrialSlices picture, Runnable fault) throws Exception {
        try (TandemClient client = rig.connect(TransportChoice.QUIC)) {
            Exchange exchange = client.ask(Rig.ask(picture), Rig.NOBODY);
            TimeUnit.MILLISECONDS.sleep(15);
            fault.run();
            long start = System.nanoTime();
            try {
                exchange.answer().get(60, TimeUnit.SECONDS);
            } catch (ExecutionException reported) {
                // a reason is as good
            }
            return (System.nanoTime() - start) / 1e6;
        }
    }
}
