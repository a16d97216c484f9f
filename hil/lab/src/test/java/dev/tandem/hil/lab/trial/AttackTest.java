package dev.tandem.hil.lab.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.command.ThrowawayCertificates;
import dev.tandem.hil.lab.NoLeaks;
import dev.tandem.hil.lab.attack.Attack;
import dev.tandem.hil.lab.attack.Target;
import dev.tandem.pack.Pack;
import dev.tandem.transport.device.ClientSettings;
import dev.tandem.transport.device.TandemClient;
import dev.tandem.transport.edge.LinkCounters;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.session.Transport;
import dev.tandem.transport.session.TransportChoice;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The attacker against a real edge, for some seconds: it is refused by reason, and a healthy device beside it gets its
 * answers.
 */
@ExtendWith(NoLeaks.class)
class AttackTest {
    private static final int STROKES = 60;

    @Test
    @Timeout(300)
    void refusesTheAttackerAndServeTheHealthy() throws Exception {
        Pack pack = Tiny.pack();
        TrialSlices picture = TrialSlices.of(pack, 4);
        ThrowawayCertificates made = ThrowawayCertificates.ofProcess();
        try (CountingEdge edge = CountingEdge.start(pack, made.edge(), TransportChoice.AUTO)) {
            int port = edge.server().address().getPort();
            LinkCounters counters = edge.server().counters();
            int asked = 0;
            try (TandemClient healthy = TandemClient.connect(
                    ClientSettings.of("127.0.0.1", port, made.device(), CountingEdge.identity(pack)))) {
                try (Attack attack = Attack.begin(new Target(port, made.device(), CountingEdge.identity(pack)), 7)) {
                    for (; attack.strokes() < STROKES || refused(counters) == 0 || !bothWays(counters); asked++) {
                        healthy.ask(Rig.ask(picture), Rig.NOBODY).answer().get(60, TimeUnit.SECONDS);
                        TimeUnit.MILLISECONDS.sleep(20);
                    }
                }
                assertEquals(1, healthy.connections());
            }
            assertTrue(asked > 0 && counters.answered() >= asked);
        }
    }

    /** The healthy device's own connection is one of these. */
    private static boolean bothWays(LinkCounters counters) {
        return counters.connections(Transport.QUIC) + counters.connections(Transport.TCP) > 2
                && counters.connections(Transport.QUIC) > 0 && counters.connections(Transport.TCP) > 0
                && counters.badDatagrams() > 0;
    }

    private static long refused(LinkCounters counters) {
        return counters.ended(ErrorCode.MALFORMED_FRAME) + counters.ended(ErrorCode.UNEXPECTED_FRAME)
                + counters.ended(ErrorCode.TOO_MANY_SLICES) + counters.ended(ErrorCode.TASK_TOO_LARGE);
    }
}
