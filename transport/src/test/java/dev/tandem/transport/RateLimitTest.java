package dev.tandem.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.device.TandemClient;
import dev.tandem.transport.edge.TandemServer;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.LinkLimits;
import dev.tandem.transport.session.TransportChoice;
import dev.tandem.transport.wire.UplinkPacer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(NoLeaks.class)
class RateLimitTest {
    private static final InetSocketAddress PEER = new InetSocketAddress("127.0.0.1", 9);

    @Test
    void slowsTheDeviceToItsUplink() throws Exception {
        try (TandemServer server = TandemServer.start(Links.server(), Links.echo());
                TandemClient client = TandemClient.connect(Links.client(server).withUplinkBytesPerSecond(50_000))) {
            long start = System.nanoTime();
            Talk exchange = Talk.ask(client, Links.ask("?", Links.slice(10_000, 1)));
            Links.get(exchange.answer());
            double millis = (System.nanoTime() - start) / 1e6;
            assertTrue(millis >= 200, "10 KB need 200 ms at 50 KB/s: " + millis);
            assertEquals("?", exchange.text());
        }
    }

    @Test
    void staysConnectedDuringAnUploadLongerThanTheIdleTime() throws Exception {
        LinkLimits limits = new LinkLimits(100, 10, 100_000, 100_000, 2, Duration.ofSeconds(60),
                Duration.ofMillis(1_500));
        try (TandemServer server = TandemServer.start(Links.server().withLimits(limits), Links.echo());
                TandemClient client = TandemClient.connect(Links.client(server).withUplinkBytesPerSecond(20_000))) {
            Talk exchange = Talk.ask(client, Links.ask("?", Links.slice(60_000, 1)));
            assertEquals(60_000, Links.get(exchange.answer()).count("bytes"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"QUIC", "TCP"})
    void releasesWhatWaitsWhenTheDeviceCloses(TransportChoice over) throws Exception {
        try (TandemServer server = TandemServer.start(Links.server(), Links.echo())) {
            TandemClient client = TandemClient
                    .connect(Links.client(server).withTransport(over).withUplinkBytesPerSecond(20_000));
            Talk exchange = Talk.ask(client, Links.ask("?", Links.slice(500_000, 1)));
            client.close();
            assertEquals(ErrorCode.CLOSED, Links.failure(exchange).code());
        }
    }

    @Test
    void keepsNothingOfWhatIsWrittenToAClosedChannel() {
        EmbeddedChannel channel = new EmbeddedChannel(new UplinkPacer(1_000));
        channel.close();
        ByteBuf stream = Unpooled.wrappedBuffer(new byte[3_000]);
        DatagramPacket packet = new DatagramPacket(Unpooled.wrappedBuffer(new byte[1_200]), PEER);
        assertFalse(channel.write(stream).isSuccess());
        assertFalse(channel.write(packet).isSuccess());
        assertEquals(0, stream.refCnt());
        assertEquals(0, packet.refCnt());
    }

    /** At 1 KB/s what waits would take 100 s. */
    @Test
    void closesInTheEndWhateverWaits() {
        EmbeddedChannel channel = new EmbeddedChannel(new UplinkPacer(1_000));
        channel.freezeTime();
        ByteBuf stream = Unpooled.wrappedBuffer(new byte[100_000]);
        channel.write(stream);
        ChannelFuture closing = channel.pipeline().close();
        channel.advanceTimeBy(UplinkPacer.LAST_MILLIS - 1, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        assertTrue(channel.isOpen());
        channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        assertFalse(channel.isOpen());
        assertTrue(closing.isSuccess());
        assertEquals(0, stream.refCnt());
        channel.advanceTimeBy(200, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks(); // the pacer's own timer comes too late
        channel.checkException();
    }

    @Test
    void passesBytesInOrderAndReleaseTheRest() throws Exception {
        EmbeddedChannel channel = new EmbeddedChannel(new UplinkPacer(1_000_000));
        byte[] bytes = Links.slice(5_000, 3);
        channel.writeOneOutbound(Unpooled.wrappedBuffer(bytes));
        channel.flushOutbound();
        ByteBuf all = Unpooled.buffer();
        Links.await("bytes", () -> {
            channel.runScheduledPendingTasks();
            for (ByteBuf piece; (piece = channel.readOutbound()) != null;) {
                assertTrue(piece.readableBytes() <= UplinkPacer.PIECE_BYTES);
                all.writeBytes(piece);
                piece.release();
            }
            return all.readableBytes() == bytes.length;
        });
        assertEquals(Unpooled.wrappedBuffer(bytes), all);
        all.release();
        channel.writeOneOutbound(Unpooled.wrappedBuffer(new byte[100_000]));
        assertTrue(!channel.isWritable(), "a long queue must be told");
        channel.finishAndReleaseAll();
    }
}
