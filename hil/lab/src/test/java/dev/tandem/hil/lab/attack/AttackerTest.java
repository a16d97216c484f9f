package dev.tandem.hil.lab.attack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.hil.lab.NoLeaks;
import dev.tandem.transport.device.TandemClient;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.session.Transport;
import dev.tandem.transport.session.TransportChoice;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each attacker alone against a real edge: it does what it says, and a polite device beside it is answered. */
@Timeout(120)
@ExtendWith(NoLeaks.class)
class AttackerTest {
    private static final ErrorCode[] BROKEN_RULES = {ErrorCode.MALFORMED_FRAME, ErrorCode.UNEXPECTED_FRAME,
            ErrorCode.TOO_MANY_SLICES, ErrorCode.TASK_TOO_LARGE, ErrorCode.DUPLICATE_SLICE,
            ErrorCode.EXCHANGE_TOO_LARGE, ErrorCode.TOO_MANY_EXCHANGES};
    private Victim edge;

    @BeforeEach
    void start() throws IOException {
        edge = Victim.start();
    }

    @AfterEach
    void stop() {
        edge.close();
    }

    private int strike(TransportChoice way, int times, Function<Target, Attack.Attacker> make) throws Exception {
        int broken = 0;
        try (TandemClient polite = edge.polite(way)) {
            try (Attack.Attacker attacker = make.apply(edge.target())) {
                SplittableRandom random = new SplittableRandom(11);
                for (int i = 0; i < times; i++) {
                    try {
                        attacker.strike(random);
                    } catch (IOException refused) {
                        broken++;
                    }
                    Victim.answered(polite);
                }
            }
            assertEquals(1, polite.connections());
            Victim.await("what the attacker left is ended",
                    () -> edge.connections() == 1 && edge.counters().open() == 0);
        }
        return broken;
    }

    @Test
    void tcpBreaksRulesInsideOfGoodConnections() throws Exception {
        strike(TransportChoice.TCP, 16, TcpAttacker::new);
        assertTrue(edge.counters().connections(Transport.TCP) > 8, "most strokes say hello");
        assertEquals(0, edge.counters().connections(Transport.QUIC));
        assertTrue(edge.ended(BROKEN_RULES) >= 4, "most tricks are refused");
    }

    @Test
    void quicBreaksRulesInStreamsAndDatagrams() throws Exception {
        strike(TransportChoice.QUIC, 16, QuicAttacker::new);
        assertTrue(edge.counters().connections(Transport.QUIC) > 8, "most strokes say hello");
        assertEquals(0, edge.counters().connections(Transport.TCP));
        assertTrue(edge.ended(BROKEN_RULES) >= 2, "most tricks are refused");
        assertTrue(edge.counters().badDatagrams() > 0, "some strokes send datagrams that break the rules");
    }

    @Test
    void slowSendersAreEndedByTheEdgesClocks() throws Exception {
        try (SlowSenders slow = new SlowSenders(edge.target());
                TandemClient polite = edge.polite(TransportChoice.TCP)) {
            SplittableRandom random = new SplittableRandom(2);
            for (int i = 0; i < 40; i++) {
                slow.strike(random);
            }
            assertTrue(edge.held() >= 4, "held: " + edge.held());
            Victim.answered(polite);
            Victim.await("the edge ends who says no hello", () -> edge.ended(ErrorCode.HANDSHAKE_TIMEOUT) > 0);
            Victim.await("the edge ends the rest", () -> edge.held() == 1);
            for (int i = 0; i < 8; i++) {
                slow.strike(random); // what was ended is noticed and let go of
            }
            Victim.answered(polite);
        }
    }

    @Test
    void garbageOpensNothing() throws Exception {
        assertEquals(0, strike(TransportChoice.QUIC, 40, GarbageDatagrams::new));
        assertEquals(1, edge.counters().connections(Transport.QUIC));
        assertEquals(0, edge.ended(BROKEN_RULES));
    }

    @Test
    void garbageIsEightDatagramsAStrokeSomeOfThemLikeQuic() throws Exception {
        List<byte[]> first = heard(6);
        assertEquals(48, first.size());
        assertTrue(first.stream().allMatch(each -> each.length <= 1_400));
        assertTrue(first.stream().anyMatch(each -> each.length == 1_200 && (each[0] & 0xF0) == 0xC0 && each[4] == 1),
                "a full Initial of version 1");
        assertTrue(first.stream().anyMatch(each -> each.length > 0 && (each[0] & 0xC0) == 0x40), "a short header");
        List<byte[]> again = heard(6);
        for (int i = 0; i < first.size(); i++) {
            assertArrayEquals(first.get(i), again.get(i), "the same seed sends the same");
        }
    }

    private List<byte[]> heard(int strokes) throws Exception {
        List<byte[]> all = new ArrayList<>();
        try (DatagramSocket ear = new DatagramSocket(0, InetAddress.getByName(Target.HOST));
                GarbageDatagrams garbage = new GarbageDatagrams(
                        new Target(ear.getLocalPort(), edge.target().credentials(), Victim.PACK))) {
            ear.setSoTimeout(5_000);
            SplittableRandom random = new SplittableRandom(1);
            DatagramPacket packet = new DatagramPacket(new byte[2_000], 2_000);
            for (int i = 0; i < strokes; i++) {
                garbage.strike(random);
                for (int j = 0; j < 8; j++) {
                    packet.setLength(2_000);
                    ear.receive(packet);
                    all.add(Arrays.copyOf(packet.getData(), packet.getLength()));
                }
            }
        }
        return all;
    }
}
