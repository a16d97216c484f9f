package dev.tandem.transport.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class InitialsDoorTest {
    private static final InetSocketAddress EDGE = new InetSocketAddress("127.0.0.1", 1);

    private final Entrance entrance = EntranceTest.entrance(100, 100);
    private final EmbeddedChannel channel = new EmbeddedChannel(new InitialsDoor(entrance));

    private int passed(int first, int count, String from) {
        int passed = 0;
        for (int i = 0; i < count; i++) {
            DatagramPacket packet = new DatagramPacket(Unpooled.wrappedBuffer(new byte[]{(byte) first, 0, 0, 0, 1}),
                    EDGE, new InetSocketAddress(from, 5));
            channel.writeInbound(packet);
            Object out = channel.readInbound();
            if (out == packet) {
                passed++;
                packet.release();
            }
            assertEquals(0, packet.refCnt());
        }
        return passed;
    }

    @Test
    void dropsHandshakesBeyondTheLimitAndNothingOfConnections() {
        long start = System.nanoTime();
        int heard = passed(0xC3, 5_000, "127.0.1.1");
        double most = Entrance.INITIALS * (1 + (System.nanoTime() - start) / 1e9);
        assertTrue(heard >= Entrance.INITIALS && heard <= most + 1, heard + " of at most " + most);
        assertEquals(5_000, passed(0x43, 5_000, "127.0.1.1"), "short headers are of connections");
    }

    @Test
    void hearsOtherAddressesAndMoreWhereADeviceIsKnown() {
        passed(0xC3, 5_000, "127.0.1.1");
        assertEquals(100, passed(0xC3, 100, "127.0.1.2"));
        entrance.proved(new InetSocketAddress("127.0.1.1", 7));
        assertEquals(5_000, passed(0xC3, 5_000, "127.0.1.1"));
    }

    @Test
    void passesOnWhatHasNoBytes() {
        channel.writeInbound(new DatagramPacket(Unpooled.EMPTY_BUFFER, EDGE, EDGE));
        channel.<DatagramPacket>readInbound().release();
    }
}
