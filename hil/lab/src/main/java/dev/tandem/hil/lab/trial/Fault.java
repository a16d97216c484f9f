package dev.tandem.hil.lab.trial;

import dev.tandem.hil.relay.LaneProfile;
import dev.tandem.hil.relay.Loss;
import dev.tandem.hil.relay.Profile;
import java.time.Duration;

/** What a soak does to its link, one after the other; between them the link is clean. */
enum Fault {
    NONE, LOSS, BURSTS, DELAY, REORDER, DUPLICATE, THIN, BLACK_HOLE, BLOCKED, CUT, ROAMING;

    void begin(Rig rig) {
        LaneProfile lane = LaneProfile.CLEAN.withDelayMs(10, 0);
        switch (this) {
            case NONE -> {
            }
            case LOSS -> rig.relay().profile(Profile.both(lane.withLoss(new Loss.Uniform(0.2))));
            case BURSTS -> rig.relay().profile(Profile.both(lane.withLoss(new Loss.Gilbert(0.02, 0.2, 0, 1))));
            case DELAY -> rig.relay().profile(Profile.both(lane.withDelayMs(150, 100)));
            case REORDER -> rig.relay().profile(Profile.both(lane.withReorder(0.3, 30)));
            case DUPLICATE -> rig.relay().profile(Profile.both(lane.withDuplicate(0.5)));
            case THIN -> rig.relay().profile(Profile.both(lane.withRate(50_000, 64_000)));
            case BLACK_HOLE -> rig.relay().profile(Profile.both(lane.withMtuBytes(1_280)));
            case BLOCKED -> rig.relay().blockUdp(true);
            case CUT -> rig.relay().cut(Duration.ofSeconds(6));
            case ROAMING -> rig.relay().rebind();
        }
    }
}
