package dev.tandem.hil.relay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class TcpRelayTest {
    private static final long MS = 1_000_000;

    private ServerSocket server;

    /** Sends back what comes, and closes its end when the other one did. */
    @BeforeEach
    void startServer() throws IOException {
        server = new ServerSocket();
        server.bind(Peers.loopback(0));
        Thread.ofPlatform().daemon().start(() -> {
            try {
                while (true) {
                    Socket socket = server.accept();
                    Thread.ofPlatform().daemon().start(() -> echo(socket));
                }
            } catch (IOException closed) {
                // The test is over.
            }
        });
    }

    private static void echo(Socket socket) {
        try (socket) {
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException broken) {
            // As some tests want it.
        }
    }

    @AfterEach
    void stopServer() throws IOException {
        server.close();
    }

    private Relay relay(LaneProfile lane) throws IOException {
        return Relay.start(Peers.loopback(0), Peers.loopback(server.getLocalPort()), Profile.both(lane), 1);
    }

    private static Socket connect(Relay relay) throws IOException {
        Socket socket = new Socket(relay.address().getAddress(), relay.address().getPort());
        socket.setSoTimeout(2 * Peers.PATIENCE_MS);
        socket.setTcpNoDelay(true);
        return socket;
    }

    /** Milliseconds until one byte has come back. */
    private static long askMs(Socket socket) throws IOException {
        long start = System.nanoTime();
        socket.getOutputStream().write(7);
        assertEquals(7, socket.getInputStream().read());
        return (System.nanoTime() - start) / MS;
    }

    /** Sends all, closes that end, and reads to the end. */
    private static byte[] echoOf(Socket socket, byte[] payload) throws Exception {
        Thread writer = Thread.ofPlatform().start(() -> {
            try {
                OutputStream out = socket.getOutputStream();
                out.write(payload);
                socket.shutdownOutput();
            } catch (IOException broken) {
                // The reader sees it.
            }
        });
        InputStream in = socket.getInputStream();
        byte[] echo = in.readAllBytes();
        writer.join();
        return echo;
    }

    private static byte[] random(int size) {
        byte[] payload = new byte[size];
        new SplittableRandom(3).nextBytes(payload);
        return payload;
    }

    @Test
    void passesOnEveryByteAndTheEndOfBothStreams() throws Exception {
        byte[] payload = random(3_000_000);
        try (Relay relay = relay(LaneProfile.CLEAN)) {
            try (Socket socket = connect(relay)) {
                assertArrayEquals(payload, echoOf(socket, payload));
            }
            Peers.await("closed", () -> relay.tcpConnections() == 0);
            long segments = relay.tcp().count(Way.UP, Outcome.DELIVERED);
            assertTrue(segments >= Math.ceilDiv(payload.length, Segment.PAYLOAD));
            assertEquals(payload.length + segments * 52, relay.tcp().deliveredBytes(Way.UP));
        }
    }

    @Test
    void passesOnEveryByteOverALossyLink() throws Exception {
        byte[] payload = random(300_000);
        LaneProfile lossy = LaneProfile.CLEAN.withDelayMs(5, 4).withRate(4_000_000, 100_000)
                .withLoss(Loss.Gilbert.bursts(0.03, 2));
        try (Relay relay = relay(lossy); Socket one = connect(relay); Socket two = connect(relay)) {
            assertArrayEquals(payload, echoOf(one, payload));
            assertArrayEquals(payload, echoOf(two, payload));
            assertTrue(relay.tcp().count(Way.UP, Outcome.LOST) > 0);
        }
    }

    @Test
    void takesARoundTripForTheHandshakeAndOneForTheAnswer() throws Exception {
        try (Relay relay = relay(LaneProfile.CLEAN.withDelayMs(50, 0)); Socket socket = connect(relay)) {
            long first = askMs(socket);
            long second = askMs(socket);
            // The kernel connects at once, so the handshake is paid here; a few ms of it may have passed before.
            assertTrue(first >= 185 && first < 1_000, "first " + first);
            assertTrue(second >= 100 && second < 900, "second " + second);
        }
    }

    @Test
    void keepsToTheRate() throws Exception {
        byte[] payload = random(100_000);
        Profile thin = Profile.of(LaneProfile.CLEAN.withRate(200_000, 6_000), LaneProfile.CLEAN);
        try (Relay relay = Relay.start(Peers.loopback(0), Peers.loopback(server.getLocalPort()), thin, 1);
                Socket socket = connect(relay)) {
            long start = System.nanoTime();
            assertArrayEquals(payload, echoOf(socket, payload));
            long ms = (System.nanoTime() - start) / MS;
            // with 52 bytes of headers to 1,448 it takes 518 ms
            assertTrue(ms >= 510 && ms < 2_000, ms + " ms");
        }
    }

    @Test
    void standsStillWhileCutAndGoOnAfterwards() throws Exception {
        try (Relay relay = relay(LaneProfile.CLEAN.withDelayMs(5, 0)); Socket socket = connect(relay)) {
            askMs(socket);
            relay.cut(Duration.ofMillis(500));
            long cut = askMs(socket);
            // tried at 5, 205, 605 ms: the third gets through
            assertTrue(cut >= 600 && cut < 2_000, "cut " + cut);
            assertTrue(askMs(socket) < 500);
        }
    }

    @Test
    void passesOnAReset() throws Exception {
        try (Relay relay = relay(LaneProfile.CLEAN.withDelayMs(20, 0))) {
            try (Socket socket = connect(relay)) {
                askMs(socket);
                socket.setSoLinger(true, 0);
            }
            Peers.await("closed at both ends", () -> relay.tcpConnections() == 0);
        }
    }

    @Test
    void resetsAClientWhoseServerIsNotThere() throws Exception {
        server.close();
        try (Relay relay = relay(LaneProfile.CLEAN); Socket socket = connect(relay)) {
            assertThrows(IOException.class, () -> {
                socket.getOutputStream().write(1);
                if (socket.getInputStream().read() < 0) {
                    throw new IOException("closed");
                }
            });
            Peers.await("forgotten", () -> relay.tcpConnections() == 0);
        }
    }

    @Test
    void refusesConnectionsBeyondItsLimit() throws Exception {
        try (Relay relay = Relay.start(Peers.loopback(0), Peers.loopback(server.getLocalPort()), Profile.CLEAN, 1,
                new RelayLimits(1, Duration.ofMinutes(1))); Socket one = connect(relay)) {
            askMs(one);
            try (Socket two = connect(relay)) {
                assertThrows(IOException.class, () -> {
                    if (two.getInputStream().read() < 0) {
                        throw new IOException("closed");
                    }
                });
            }
            assertEquals(1, relay.tcp().count(Way.UP, Outcome.REFUSED));
            askMs(one);
        }
    }

    @Test
    void releasesWhatIsOnItsWayWhenClosed() throws Exception {
        try (Relay relay = relay(LaneProfile.CLEAN); Socket socket = connect(relay)) {
            askMs(socket);
            relay.profile(Profile.both(LaneProfile.CLEAN.withDelayMs(60_000, 0)));
            socket.getOutputStream().write(random(50_000));
            Thread.sleep(100);
        }
    }
}
