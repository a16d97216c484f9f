package dev.tandem.hil.lab.trial;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.hil.lab.NoLeaks;
import dev.tandem.hil.relay.Counters;
import dev.tandem.hil.relay.Outcome;
import dev.tandem.hil.relay.Profile;
import dev.tandem.hil.relay.Way;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each fault of the soak does to packets what its name says, and to none what another's says. */
@Timeout(60)
@ExtendWith(NoLeaks.class)
class FaultTest {
    private static final int PACKETS = 200;
    private static final int BYTES = 1_400;
    /** Of its own for each: a cut outlasts its test. */
    private Rig rig;

    @BeforeEach
    void start() throws IOException {
        rig = Rig.start(Tiny.pack(), Profile.CLEAN, 5);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @ParameterizedTest
    @EnumSource
    void doesWhatItIsNamedAfter(Fault fault) throws Exception {
        Counters counters = rig.relay().udp();
        fault.begin(rig);
        send();
        Set<Outcome> seen = EnumSet.noneOf(Outcome.class);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!seen.containsAll(marks(fault)) && System.nanoTime() - end < 0) {
            TimeUnit.MILLISECONDS.sleep(10);
            seen.addAll(counters.of(Way.UP).keySet());
        }
        assertTrue(seen.containsAll(marks(fault)), fault + " did " + seen);
        assertTrue(marks(fault).containsAll(seen), fault + " did " + seen);
    }

    /** Junk to the edge, which drops it: only what the relay does with it counts. */
    private void send() throws Exception {
        try (DatagramSocket socket = new DatagramSocket()) {
            for (int i = 0; i < PACKETS; i++) {
                socket.send(new DatagramPacket(new byte[BYTES], BYTES, InetAddress.getByName("127.0.0.1"),
                        rig.relay().address().getPort()));
                if (i % 10 == 0) {
                    TimeUnit.MILLISECONDS.sleep(1);
                }
            }
        }
    }

    private static Set<Outcome> marks(Fault fault) {
        return switch (fault) {
            case NONE, DELAY, ROAMING -> EnumSet.of(Outcome.DELIVERED);
            case LOSS, BURSTS -> EnumSet.of(Outcome.DELIVERED, Outcome.LOST);
            case REORDER -> EnumSet.of(Outcome.DELIVERED, Outcome.REORDERED);
            case DUPLICATE -> EnumSet.of(Outcome.DELIVERED, Outcome.DUPLICATED);
            case THIN -> EnumSet.of(Outcome.DELIVERED, Outcome.QUEUE_FULL);
            case BLACK_HOLE -> EnumSet.of(Outcome.TOO_BIG);
            case BLOCKED -> EnumSet.of(Outcome.BLOCKED);
            case CUT -> EnumSet.of(Outcome.CUT);
        };
    }
}
