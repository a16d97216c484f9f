package dev.tandem.hil.relay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.hil.relay.Peers.UdpClient;
import dev.tandem.hil.relay.Peers.UdpEcho;
import dev.tandem.hil.relay.TimetableEntry.Action;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class UdpRelayTest {
    private static final int SOON_MS = 150;

    private UdpEcho server;

    @BeforeEach
    void startServer() throws IOException {
        server = new UdpEcho();
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    private Relay relay(Profile profile) throws IOException {
        return Relay.start(Peers.loopback(0), server.address(), profile, 1);
    }

    @Test
    void passesOnBytesOfEverySizeAndManyClients() throws Exception {
        try (Relay relay = relay(Profile.CLEAN);
                UdpClient one = new UdpClient(relay);
                UdpClient two = new UdpClient(relay)) {
            SplittableRandom random = new SplittableRandom(1);
            for (int size : new int[]{1, 1_200, 1_472, 2_049, 9_000, 65_507}) {
                byte[] payload = new byte[size];
                random.nextBytes(payload);
                one.send(payload);
                assertArrayEquals(payload, one.receive(Peers.PATIENCE_MS));
            }
            assertEquals("two", two.ask("two", Peers.PATIENCE_MS));
            assertEquals(2, server.seen.size());
            assertEquals(2, relay.udpSessions());
            assertEquals(7, relay.udp().count(Way.UP, Outcome.DELIVERED));
            assertEquals(7, relay.udp().count(Way.DOWN, Outcome.DELIVERED));
            assertEquals(1 + 1_200 + 1_472 + 2_049 + 9_000 + 65_507 + 3 + 7 * 28, relay.udp().deliveredBytes(Way.UP));
        }
    }

    @Test
    void delaysBothWays() throws Exception {
        Profile slow = Profile.of(LaneProfile.CLEAN.withDelayMs(60, 0), LaneProfile.CLEAN.withDelayMs(40, 0));
        try (Relay relay = relay(slow); UdpClient client = new UdpClient(relay)) {
            long start = System.nanoTime();
            assertEquals("x", client.ask("x", Peers.PATIENCE_MS));
            assertTrue(System.nanoTime() - start >= 100_000_000, "sooner than light");
        }
    }

    @Test
    void losesTheSamePacketsWithTheSameSeed() throws Exception {
        List<String> first = lossTrace();
        assertEquals(first, lossTrace());
        assertTrue(first.size() > 20 && first.size() < 80, first.toString());
    }

    private List<String> lossTrace() throws IOException {
        LaneProfile lossy = LaneProfile.CLEAN.withLoss(Loss.Gilbert.bursts(0.3, 3));
        try (Relay relay = relay(Profile.both(lossy)); UdpClient client = new UdpClient(relay)) {
            for (int packet = 0; packet < 100; packet++) {
                client.send(Integer.toString(packet).getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
            List<String> arrived = new ArrayList<>();
            for (byte[] next = client.receive(SOON_MS); next != null; next = client.receive(SOON_MS)) {
                arrived.add(new String(next, java.nio.charset.StandardCharsets.UTF_8));
            }
            return arrived;
        }
    }

    @Test
    void blocksUdpAndLetItPassAgain() throws Exception {
        try (Relay relay = relay(Profile.CLEAN.withBlockUdp(true)); UdpClient client = new UdpClient(relay)) {
            assertNull(client.ask("blocked", SOON_MS));
            relay.blockUdp(false);
            assertEquals("open", client.ask("open", Peers.PATIENCE_MS));
            relay.blockUdp(true);
            assertNull(client.ask("blocked again", SOON_MS));
            assertEquals(2, relay.udp().count(Way.UP, Outcome.BLOCKED));
        }
    }

    @Test
    void cutsWhatComesAndWhatIsOnItsWayAndHeal() throws Exception {
        Profile slow = Profile.both(LaneProfile.CLEAN.withDelayMs(100, 0));
        try (Relay relay = relay(slow); UdpClient client = new UdpClient(relay)) {
            client.send(new byte[10]);
            Peers.await("session", () -> relay.udpSessions() == 1);
            relay.cut(Duration.ofMillis(300));
            assertNull(client.ask("cut", 250));
            Peers.await("both gone", () -> relay.udp().count(Way.UP, Outcome.CUT) == 2);
            Thread.sleep(100);
            assertEquals("healed", client.ask("healed", Peers.PATIENCE_MS));
            assertEquals(1, relay.udp().count(Way.UP, Outcome.DELIVERED));
        }
    }

    @Test
    void showsTheServerANewAddressAndTheClientNothing() throws Exception {
        try (Relay relay = relay(Profile.CLEAN); UdpClient client = new UdpClient(relay)) {
            for (int change = 1; change <= 5; change++) {
                assertEquals("hello", client.ask("hello", Peers.PATIENCE_MS));
                assertEquals(change, server.seen.size());
                relay.rebind();
            }
            assertEquals(1, relay.udpSessions());
        }
    }

    @Test
    void followsTheTimetable() throws Exception {
        Profile planned = Profile.CLEAN.withTimetable(List.of(new TimetableEntry(0, 300, Action.CUT),
                new TimetableEntry(300, 300, Action.BLOCK_UDP), new TimetableEntry(600, 0, Action.REBIND)));
        try (Relay relay = relay(Profile.CLEAN); UdpClient client = new UdpClient(relay)) {
            assertEquals("before", client.ask("before", Peers.PATIENCE_MS));
            relay.profile(planned);
            assertNull(client.ask("cut", 20));
            long end = System.nanoTime() + Peers.PATIENCE_MS * 1_000_000L;
            while (client.ask("again", 20) == null && System.nanoTime() - end < 0) {
                // until it is over
            }
            assertTrue(relay.udp().count(Way.UP, Outcome.CUT) > 0);
            assertTrue(relay.udp().count(Way.UP, Outcome.BLOCKED) > 0);
            assertEquals(2, server.seen.size());
        }
    }

    @Test
    void countsWhatItDuplicatesReordersAndSwallows() throws Exception {
        LaneProfile up = LaneProfile.CLEAN.withDuplicate(1).withReorder(1, 1).withMtuBytes(1_000);
        try (Relay relay = relay(Profile.of(up, LaneProfile.CLEAN)); UdpClient client = new UdpClient(relay)) {
            client.send(new byte[973]);
            assertEquals("x", client.ask("x", Peers.PATIENCE_MS));
            assertEquals("x", new String(client.receive(Peers.PATIENCE_MS), java.nio.charset.StandardCharsets.UTF_8));
            assertEquals("{DELIVERED=2, TOO_BIG=1, DUPLICATED=1, REORDERED=1}", relay.udp().of(Way.UP).toString());
        }
    }

    @Test
    void refusesClientsBeyondItsLimitAndForgetIdleOnes() throws Exception {
        RelayLimits limits = new RelayLimits(2, Duration.ofMillis(400));
        try (Relay relay = Relay.start(Peers.loopback(0), server.address(), Profile.CLEAN, 1, limits);
                UdpClient one = new UdpClient(relay);
                UdpClient two = new UdpClient(relay);
                UdpClient three = new UdpClient(relay)) {
            one.ask("1", SOON_MS);
            two.ask("2", SOON_MS);
            assertNull(three.ask("3", 50));
            assertEquals(1, relay.udp().count(Way.UP, Outcome.REFUSED));
            Peers.await("idle ones forgotten", () -> relay.udpSessions() == 0);
            assertEquals("3", three.ask("3", Peers.PATIENCE_MS));
        }
    }

    @Test
    void outlivesAServerThatIsNotThere() throws Exception {
        int nobody = server.address().getPort();
        server.close();
        try (Relay relay = Relay.start(Peers.loopback(0), Peers.loopback(nobody), Profile.CLEAN, 1);
                UdpClient client = new UdpClient(relay)) {
            assertNull(client.ask("anyone?", 50));
            assertNull(client.ask("anyone?", 50));
            server = new UdpEcho();
        }
    }

    @Test
    void releasesWhatIsOnItsWayWhenClosed() throws Exception {
        try (Relay relay = relay(Profile.both(LaneProfile.CLEAN.withDelayMs(60_000, 0)));
                UdpClient client = new UdpClient(relay)) {
            client.send(new byte[100]);
            Peers.await("session", () -> relay.udpSessions() == 1);
        }
    }

    @Test
    void saysWhyItCannotStart() throws Exception {
        try (Relay relay = relay(Profile.CLEAN)) {
            String message = assertThrows(IOException.class,
                    () -> Relay.start(relay.address(), server.address(), Profile.CLEAN, 1)).getMessage();
            assertTrue(message.contains("is the port taken"), message);
        }
        assertThrows(IllegalArgumentException.class, () -> Relay.start(Peers.loopback(0),
                InetSocketAddress.createUnresolved("nowhere.invalid", 1), Profile.CLEAN, 1));
    }
}
