package dev.tandem.transport.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.Links;
import dev.tandem.transport.NoLeaks;
import dev.tandem.transport.frame.End;
import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.FrameRules;
import dev.tandem.transport.frame.FrameType;
import dev.tandem.transport.frame.LinkLimits;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who pays for a frame on its way in and out. */
@ExtendWith(NoLeaks.class)
class FrameShareTest {
    private static final int MOST = 100_000;

    private final ByteBudget budget = new ByteBudget(MOST);
    private final ByteShare share = budget.share("device");

    private EmbeddedChannel reader() {
        return new EmbeddedChannel(
                new FrameDecoder(() -> FrameRules.open(End.DEVICE, LinkLimits.defaults()), () -> share, null));
    }

    private static byte[] slice(int bytes) {
        return new Frame(FrameType.SLICE, 7, 0, Links.slice(bytes, 3)).toBytes();
    }

    private static void read(EmbeddedChannel channel, byte[] bytes, int from, int to) {
        channel.writeInbound(Unpooled.copiedBuffer(bytes, from, to - from));
    }

    @Test
    void paysForWhatHasComeAndNotForWhatIsAnnounced() {
        EmbeddedChannel channel = reader();
        byte[] bytes = slice(40_000);
        read(channel, bytes, 0, 12);
        assertEquals(0, budget.used());
        read(channel, bytes, 12, 112);
        assertEquals(100, budget.used());
        read(channel, bytes, 112, 113);
        assertEquals(200, budget.used());
        read(channel, bytes, 113, bytes.length);
        assertEquals(0, budget.used(), "who keeps the frame pays for it");
        assertArrayEquals(Links.slice(40_000, 3), ((Frame) channel.readInbound()).payload());
        channel.finishAndReleaseAll();
    }

    @Test
    void passesOverAFrameThatItHasNoRoomForAndReadsOn() {
        EmbeddedChannel channel = reader();
        byte[] bytes = slice(60_000);
        for (int at = 0; at < bytes.length; at += 1_000) {
            read(channel, bytes, at, Math.min(bytes.length, at + 1_000));
            assertTrue(budget.used() <= MOST / 2);
        }
        FrameDecoder.Dropped dropped = assertInstanceOf(FrameDecoder.Dropped.class, channel.readInbound());
        assertEquals(7, dropped.exchange());
        assertTrue(dropped.why().contains("no room"), dropped.why());
        assertEquals(0, budget.used());
        read(channel, Frame.cancel(7).toBytes(), 0, 12);
        assertEquals(FrameType.CANCEL, ((Frame) channel.readInbound()).type());
        channel.finishAndReleaseAll();
    }

    @Test
    void takesAConnectionsOwnFramesHoweverFullItIs() {
        share.owe(MOST);
        EmbeddedChannel channel = reader();
        byte[] ping = Frame.of(FrameType.PING, 0, new byte[8]).toBytes();
        read(channel, ping, 0, ping.length);
        assertEquals(FrameType.PING, ((Frame) channel.readInbound()).type());
        assertEquals(MOST, budget.used());
        channel.finishAndReleaseAll();
    }

    @Test
    void givesBackWhatAClosedChannelHad() {
        EmbeddedChannel channel = reader();
        read(channel, slice(20_000), 0, 10_000);
        assertTrue(budget.used() > 0);
        channel.finishAndReleaseAll();
        assertEquals(0, budget.used());
        assertNull(channel.readInbound());
    }

    /** A gate that shuts at each frame, as when each is answered at length: what was read already waits behind it. */
    @Test
    void holdsWhatWasReadWhileTheGateIsShut() {
        EmbeddedChannel channel = new EmbeddedChannel();
        ReadGate gate = new ReadGate(() -> ReadGate.turned(channel));
        List<Long> seen = new ArrayList<>();
        channel.pipeline().addLast(
                new FrameDecoder(() -> FrameRules.open(End.DEVICE, LinkLimits.defaults()), () -> share, gate),
                new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRead(ChannelHandlerContext context, Object message) {
                        seen.add(((Frame) message).exchange());
                        gate.written(ReadGate.SHUT_BYTES + 1);
                    }
                });
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int id = 1; id <= 5; id++) {
            all.writeBytes(Frame.cancel(id).toBytes());
        }
        byte[] bytes = all.toByteArray();
        read(channel, bytes, 0, 30);
        read(channel, bytes, 30, bytes.length);
        for (int id = 1; id <= 5; id++) {
            assertEquals(id, seen.size());
            assertFalse(channel.config().isAutoRead());
            assertEquals(bytes.length - 12L * id, budget.used());
            gate.left(ReadGate.SHUT_BYTES + 1);
        }
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L), seen);
        assertTrue(channel.config().isAutoRead());
        channel.finishAndReleaseAll();
    }

    @Test
    void pausesADeviceThatSaysMoreThanItMay() {
        ByteShare wide = new ByteBudget(1L << 40).share("device");
        EmbeddedChannel channel = new EmbeddedChannel(
                new FrameDecoder(() -> FrameRules.open(End.DEVICE, LinkLimits.defaults()), () -> wide, null));
        byte[] bytes = slice(60_000);
        long most = 4 * ByteShare.READ_BYTES_PER_SECOND; // a slow machine gets some of it back meanwhile
        for (long said = 0; said < most; said += bytes.length) {
            read(channel, bytes, 0, bytes.length);
            if (!channel.config().isAutoRead()) {
                break;
            }
            assertEquals(FrameType.SLICE, ((Frame) channel.readInbound()).type());
        }
        assertFalse(channel.config().isAutoRead());
        read(channel, bytes, 0, bytes.length);
        assertNull(channel.readInbound(), "what was read already waits");
        channel.advanceTimeBy(1, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertEquals(FrameType.SLICE, ((Frame) channel.readInbound()).type());
        assertEquals(FrameType.SLICE, ((Frame) channel.readInbound()).type());
        assertTrue(channel.config().isAutoRead());
        channel.finishAndReleaseAll();
    }

    /** By another connection of the same certificate: its hello is read, and what came with it a second later. */
    @Test
    void hearsADeviceThatWasRefusedASecondLater() {
        ByteShare wide = new ByteBudget(1L << 40).share("device");
        wide.refused();
        ByteShare[] payer = {ByteShare.unlimited()};
        EmbeddedChannel channel = new EmbeddedChannel(
                new FrameDecoder(() -> FrameRules.open(End.DEVICE, LinkLimits.defaults()), () -> payer[0], null),
                new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRead(ChannelHandlerContext context, Object message) {
                        payer[0] = wide;
                        context.fireChannelRead(message);
                    }
                });
        byte[] two = concat(Frame.of(FrameType.PING, 0, new byte[8]).toBytes(), Frame.cancel(3).toBytes());
        read(channel, two, 0, two.length);
        assertEquals(FrameType.PING, ((Frame) channel.readInbound()).type());
        assertNull(channel.readInbound());
        channel.advanceTimeBy(900, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        assertNull(channel.readInbound());
        channel.advanceTimeBy(100, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        assertEquals(FrameType.CANCEL, ((Frame) channel.readInbound()).type());
        channel.finishAndReleaseAll();
    }

    /** However often: a minute of it once kept every stream that came meanwhile in memory, and the device unheard, for hours. */
    @Test
    void hearsADeviceThatWasRefusedAThousandTimesASecondLaterToo() {
        ByteShare wide = new ByteBudget(1L << 40).share("device");
        for (int i = 0; i < 1_000; i++) {
            wide.refused();
        }
        long wait = wide.read(0);
        assertTrue(wait > TimeUnit.MILLISECONDS.toNanos(500) && wait <= TimeUnit.SECONDS.toNanos(1), "ns: " + wait);
        long owed = 0;
        for (int i = 0; i < 1_000; i++) {
            owed = wide.read(1 << 20);
        }
        assertTrue(owed <= TimeUnit.SECONDS.toNanos(8), "ns: " + owed);
    }

    /** A pause is over with its channel: until its time came the timer would hold all that the channel had. */
    @Test
    void leavesNoTimerBehindWhereAPausedChannelCloses() {
        ByteShare wide = new ByteBudget(1L << 40).share("device");
        wide.refused();
        EmbeddedChannel channel = new EmbeddedChannel(
                new FrameDecoder(() -> FrameRules.open(End.DEVICE, LinkLimits.defaults()), () -> wide, null));
        byte[] cancel = Frame.cancel(3).toBytes();
        read(channel, cancel, 0, cancel.length);
        assertTrue(channel.runScheduledPendingTasks() > 0, "it is to be heard again");
        channel.pipeline().removeFirst();
        assertEquals(-1, channel.runScheduledPendingTasks());
        channel.finishAndReleaseAll();
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    @Test
    void readsNothingBehindAGateThatHasEnded() {
        EmbeddedChannel channel = new EmbeddedChannel();
        ReadGate gate = new ReadGate(() -> ReadGate.turned(channel));
        channel.pipeline().addLast(
                new FrameDecoder(() -> FrameRules.open(End.DEVICE, LinkLimits.defaults()), () -> share, gate));
        gate.written(ReadGate.SHUT_BYTES + 1);
        gate.end();
        gate.left(ReadGate.SHUT_BYTES + 1);
        assertFalse(channel.config().isAutoRead());
        byte[] cancel = Frame.cancel(3).toBytes();
        read(channel, cancel, 0, cancel.length);
        assertNull(channel.readInbound());
        assertEquals(cancel.length, budget.used());
        channel.finishAndReleaseAll();
        assertEquals(0, budget.used());
    }

    /** As a stream of an exchange: nobody tells its channel, it looks when something comes. */
    @Test
    void stopsAChannelThatIsNotToldOfItsGatesEnd() {
        ReadGate gate = new ReadGate(() -> {
        });
        EmbeddedChannel channel = new EmbeddedChannel(
                new FrameDecoder(() -> FrameRules.open(End.DEVICE, LinkLimits.defaults()), () -> share, gate));
        gate.end();
        assertTrue(channel.config().isAutoRead());
        byte[] cancel = Frame.cancel(3).toBytes();
        read(channel, cancel, 0, cancel.length);
        assertFalse(channel.config().isAutoRead());
        assertNull(channel.readInbound());
        channel.finishAndReleaseAll();
    }

    @Test
    void countsWhatIsWrittenUntilItHasLeft() {
        List<Boolean> reading = new ArrayList<>();
        AtomicReference<ReadGate> turning = new AtomicReference<>();
        ReadGate gate = new ReadGate(() -> reading.add(turning.get().pausedNanos() == 0));
        turning.set(gate);
        List<ChannelPromise> stuck = new ArrayList<>();
        EmbeddedChannel channel = new EmbeddedChannel(new ChannelOutboundHandlerAdapter() {
            @Override
            public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
                ReferenceCountUtil.release(message);
                stuck.add(promise);
            }
        }, new FrameEncoder(() -> share, gate));
        channel.writeOneOutbound(Frame.of(FrameType.PART, 1, new byte[90_000]));
        assertEquals(90_012, budget.used());
        assertFalse(gate.pausedNanos() > 0, "parts do not stop what may cancel them");
        int pongs = ReadGate.SHUT_BYTES / 20 + 1;
        for (int i = 0; i < pongs; i++) {
            channel.writeOneOutbound(Frame.of(FrameType.PONG, 0, new byte[8]), channel.voidPromise());
        }
        assertEquals(List.of(false), reading);
        assertTrue(gate.pausedNanos() > 0);
        stuck.forEach(ChannelPromise::setSuccess);
        assertEquals(List.of(false, true), reading);
        assertEquals(0, budget.used());
        assertTrue(gate.lastReadNanos(System.nanoTime() - 1_000_000_000_000L) > System.nanoTime() - 999_000_000_000L,
                "a pause counts as read");
        channel.finishAndReleaseAll();
    }
}
