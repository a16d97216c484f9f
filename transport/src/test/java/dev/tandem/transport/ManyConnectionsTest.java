package dev.tandem.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.device.DeviceLoops;
import dev.tandem.transport.device.LinkWins;
import dev.tandem.transport.device.TandemClient;
import dev.tandem.transport.edge.TandemServer;
import dev.tandem.transport.session.Transport;
import dev.tandem.transport.session.TransportChoice;
import io.netty.util.internal.PlatformDependent;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Connections and lost races leave nothing behind: no descriptor, no memory off the heap, no share of the edge's
 * buffers. {@code -Dtandem.reconnects=10000} and {@code -Dtandem.races=1000} are the long form.
 */
@ExtendWith(NoLeaks.class)
@EnabledOnOs(OS.LINUX)
class ManyConnectionsTest {
    private static final int RECONNECTS = Integer.getInteger("tandem.reconnects", 60);
    private static final int RACES = Integer.getInteger("tandem.races", 3);
    private static final int WARM_UP = 10;
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    /** The allocator keeps chunks of some MiB for each thread. */
    private static final long SOME_CHUNKS = 16 << 20;

    private long descriptors;
    private long directBytes;

    private static long descriptors() throws Exception {
        try (var all = Files.list(DESCRIPTORS)) {
            return all.count();
        }
    }

    private void mark() throws Exception {
        descriptors = descriptors();
        directBytes = PlatformDependent.usedDirectMemory();
    }

    private void assertNothingLeft(TandemServer server) throws Exception {
        Links.await("all have gone", () -> server.connections() == 0 && server.bufferedBytes() == 0);
        Links.await("no descriptor is left of [" + descriptors + "]", () -> {
            try {
                return descriptors() <= descriptors;
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        long more = PlatformDependent.usedDirectMemory() - directBytes;
        assertTrue(more <= SOME_CHUNKS, "direct memory grew by [" + more + "] bytes");
    }

    @Test
    void leaveNothingWhenTheyComeAndGo() throws Exception {
        try (TandemServer server = TandemServer.start(Links.server(), Links.echo());
                DeviceLoops loops = DeviceLoops.of(1)) {
            for (int i = 0; i < RECONNECTS; i++) {
                if (i == WARM_UP) {
                    Links.await("the first have gone", () -> server.connections() == 0);
                    mark();
                }
                TransportChoice transport = i % 2 == 0 ? TransportChoice.QUIC : TransportChoice.TCP;
                try (TandemClient client = TandemClient.connect(Links.client(server, transport), loops)) {
                    Talk talk = Talk.ask(client, "number " + i);
                    Links.get(talk.answer());
                    assertEquals("number " + i, talk.text());
                }
            }
            assertNothingLeft(server);
        }
    }

    /** Nobody answers QUIC, so that TCP wins each race and what was tried over QUIC is given up. */
    @Test
    void leaveNothingWhenARaceIsLost() throws Exception {
        try (TandemServer server = TandemServer.start(Links.server().withTransport(TransportChoice.TCP), Links.echo());
                DatagramSocket hole = new DatagramSocket(server.address().getPort(),
                        InetAddress.getLoopbackAddress());
                DeviceLoops loops = DeviceLoops.of(1)) {
            assertTrue(hole.isBound());
            for (int i = 0; i < RACES; i++) {
                if (i == 1) {
                    Links.await("the first has gone", () -> server.connections() == 0);
                    mark();
                }
                try (TandemClient client = TandemClient.connect(Links.client(server, TransportChoice.AUTO), loops)) {
                    Links.await("QUIC lost", () -> client.wins().of(Transport.TCP, LinkWins.Why.QUICKER) == 1);
                }
            }
            assertNothingLeft(server);
        }
    }
}
