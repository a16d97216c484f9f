package dev.tandem.hil.lab.trial;

import dev.tandem.hil.relay.LaneProfile;
import dev.tandem.hil.relay.Loss;
import dev.tandem.hil.relay.Profile;
import dev.tandem.hil.report.Quantiles;
import dev.tandem.pack.Pack;
import dev.tandem.transport.device.TandemClient;
import dev.tandem.transport.frame.AnswerSummary;
import dev.tandem.transport.session.TransportChoice;
import dev.tandem.transport.session.WireBytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * From the first byte sent to the beginning of decoding: 50 KB/s, 40 ms round trip, without loss and with 5 % in
 * bursts.
 */
final class ThinLinkTrial {
    private static final long RATE = 50_000;
    private static final int QUEUE = 64_000;
    private static final double ONE_WAY_MS = 20;
    /** One packet in a hundred begins a burst of five on average that loses all: 4.8 %. */
    private static final Loss BURSTS = new Loss.Gilbert(0.01, 0.2, 0, 1);
    private static final int SLICES = 8;
    /** Headers of a slice that is a packet of its own: IP, UDP, QUIC and frame. */
    private static final int PACKET_BYTES = 70;
    private static final double WAIT_SHARE = 1.15;

    private ThinLinkTrial() {
    }

    static List<TrialRow> run(Pack pack, int exchanges, long seed) throws Exception {
        TrialSlices picture = TrialSlices.of(pack, SLICES);
        LaneProfile lane = LaneProfile.CLEAN.withRate(RATE, QUEUE).withDelayMs(ONE_WAY_MS, 0);
        List<TrialRow> rows = new ArrayList<>();
        double clean = 0;
        for (boolean lossy : new boolean[]{false, true}) {
            for (TransportChoice way : List.of(TransportChoice.QUIC, TransportChoice.TCP)) {
                Profile profile = Profile.both(lossy ? lane.withLoss(BURSTS) : lane);
                String name = "50 KB/s, 40 ms, " + (lossy ? "5 % bursts, " : "no loss, ") + way;
                double[] times = new double[exchanges];
                double bytes = 0;
                int used = 0;
                try (Rig rig = Rig.start(pack, Profile.both(lane), seed);
                        TandemClient client = rig.connect(way)) {
                    rig.relay().profile(profile);
                    answer(client, picture); // classes are loaded
                    for (int i = 0; i < exchanges; i++) {
                        WireBytes before = client.wireBytes();
                        long sent = System.nanoTime();
                        AnswerSummary answer = answer(client, picture);
                        times[i] = (answer.stageNanos().get("begun") - sent) / 1e6;
                        bytes += client.wireBytes().since(before).written();
                        used += answer.slicesUsed();
                        TimeUnit.MILLISECONDS.sleep(30);
                    }
                }
                Quantiles found = Quantiles.of(times);
                double ideal = bytes / exchanges / RATE * 1e3 + ONE_WAY_MS;
                rows.add(TrialRow.of(name, "bytes up an exchange, UDP or TCP payload", bytes / exchanges));
                rows.add(TrialRow.of(name, "slices here when decoding began, of " + SLICES, (double) used / exchanges));
                rows.add(TrialRow.of(name, "bytes/rate + RTT/2, ms", ideal));
                if (!lossy && way == TransportChoice.QUIC) {
                    clean = found.median();
                    rows.add(TrialRow.atMost(name, "median over bytes/rate + RTT/2", found.median() / ideal, 1.1));
                }
                rows.add(TrialRow.of(name, "median, ms", found.median()));
                rows.add(lossy && way == TransportChoice.QUIC
                        ? TrialRow.atMost(name, "p99 over the median without loss", found.p99() / clean, 1.3)
                        : TrialRow.of(name, "p99 over QUIC's median without loss", found.p99() / clean));
                rows.add(TrialRow.of(name, "p95, ms", found.at(0.95)));
                rows.add(TrialRow.of(name, "p98, ms", found.at(0.98)));
                rows.add(TrialRow.of(name, "p99, ms", found.p99()));
            }
        }
        return rows;
    }

    /**
     * As long as the slices need at the link's rate, each in a packet of its own, and a share more: what is lost is not
     * waited for.
     */
    private static Duration decodeWait(TrialSlices picture) {
        double bytes = picture.bytes() + (double) picture.slices().size() * PACKET_BYTES;
        return Duration.ofMillis(Math.round(WAIT_SHARE * bytes / RATE * 1e3));
    }

    private static AnswerSummary answer(TandemClient client, TrialSlices picture) throws Exception {
        try {
            return client.ask(Rig.ask(picture).withDecodeWait(decodeWait(picture)), Rig.NOBODY).answer().get(60,
                    TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
