package dev.tandem.hil.lab.trial;

import dev.tandem.hil.relay.LaneProfile;
import dev.tandem.hil.relay.Profile;
import dev.tandem.pack.Pack;
import dev.tandem.transport.device.Exchange;
import dev.tandem.transport.device.TandemClient;
import dev.tandem.transport.session.TransportChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The device's address changes again and again while it asks. */
final class RoamingTrial {
    private RoamingTrial() {
    }

    static List<TrialRow> run(Pack pack, int changes, long seed) throws Exception {
        TrialSlices picture = TrialSlices.of(pack, 4);
        List<Exchange> exchanges = new ArrayList<>();
        try (Rig rig = Rig.start(pack, Profile.both(LaneProfile.CLEAN.withDelayMs(5, 2)), seed);
                TandemClient client = rig.connect(TransportChoice.QUIC)) {
            for (int i = 0; i < changes; i++) {
                for (int j = 0; j < 3; j++) {
                    exchanges.add(client.ask(Rig.ask(picture), Rig.NOBODY));
                    TimeUnit.MILLISECONDS.sleep(j * 4L);
                }
                rig.relay().rebind();
                TimeUnit.MILLISECONDS.sleep(40);
            }
            int lost = 0;
            int stuck = 0;
            long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            for (Exchange each : exchanges) {
                try {
                    each.answer().get(Math.max(0, patience - System.nanoTime()), TimeUnit.NANOSECONDS);
                } catch (ExecutionException e) {
                    lost++;
                } catch (TimeoutException e) {
                    stuck++;
                }
            }
            return List.of(TrialRow.of("address changes", "changes", changes),
                    TrialRow.of("address changes", "changes that the edge saw", rig.edge().server().counters().moves()),
                    TrialRow.of("address changes", "exchanges", exchanges.size()),
                    TrialRow.exactly("address changes", "exchanges lost", lost, 0),
                    TrialRow.exactly("address changes", "exchanges without answer or reason after 30 s", stuck, 0),
                    TrialRow.exactly("address changes", "connections needed", client.connections(), 1));
        }
    }
}
