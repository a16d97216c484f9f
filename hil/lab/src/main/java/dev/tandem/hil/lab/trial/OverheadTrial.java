package dev.tandem.hil.lab.trial;

import dev.tandem.hil.relay.Counters;
import dev.tandem.hil.relay.LaneProfile;
import dev.tandem.hil.relay.Profile;
import dev.tandem.hil.relay.Way;
import dev.tandem.pack.Pack;
import dev.tandem.transport.device.TandemClient;
import dev.tandem.transport.session.TransportChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What an exchange costs on the wire, IP headers, acknowledgements and encryption counted. */
final class OverheadTrial {
    private static final long SETTLE_MILLIS = 400;

    private OverheadTrial() {
    }

    static List<TrialRow> run(Pack pack, int exchanges, long seed) throws Exception {
        List<TrialRow> rows = new ArrayList<>();
        for (int slices : new int[]{1, 4}) {
            TrialSlices picture = TrialSlices.of(pack, slices);
            for (TransportChoice way : List.of(TransportChoice.QUIC, TransportChoice.TCP)) {
                String name = "overhead, " + picture.slices().size() + " slices, " + way;
                try (Rig rig = Rig.start(pack, Profile.both(LaneProfile.CLEAN.withDelayMs(10, 0)), seed);
                        TandemClient client = rig.connect(way)) {
                    Counters counters = way == TransportChoice.QUIC ? rig.relay().udp() : rig.relay().tcp();
                    TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
                    long upOpen = counters.deliveredBytes(Way.UP);
                    long downOpen = counters.deliveredBytes(Way.DOWN);
                    for (int i = 0; i < exchanges; i++) {
                        client.ask(Rig.ask(picture), Rig.NOBODY).answer().get(30, TimeUnit.SECONDS);
                    }
                    TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
                    double up = (double) (counters.deliveredBytes(Way.UP) - upOpen) / exchanges;
                    double down = (double) (counters.deliveredBytes(Way.DOWN) - downOpen) / exchanges;
                    rows.add(TrialRow.of(name, "slice bytes", picture.bytes()));
                    rows.add(TrialRow.of(name, "bytes up beside the slices", up - picture.bytes()));
                    rows.add(TrialRow.of(name, "bytes down", down));
                    rows.add(TrialRow.of(name, "bytes up to connect", upOpen));
                    rows.add(TrialRow.of(name, "bytes down to connect", downOpen));
                }
            }
        }
        return rows;
    }
}
