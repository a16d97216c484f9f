package dev.tandem.transport.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.Links;
import dev.tandem.transport.NoLeaks;
import dev.tandem.transport.frame.Ask;
import dev.tandem.transport.frame.End;
import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.FrameException;
import dev.tandem.transport.frame.FrameRules;
import dev.tandem.transport.frame.FrameType;
import dev.tandem.transport.frame.LinkLimits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class FrameDecoderTest {
    private static final FrameRules RULES = FrameRules.open(End.DEVICE, LinkLimits.defaults());

    @Test
    void findsFramesHoweverTheStreamIsCut() {
        byte[] stream = stream();
        SplittableRandom random = new SplittableRandom(3);
        for (int round = 0; round < 300; round++) {
            EmbeddedChannel channel = new EmbeddedChannel(decoder(() -> RULES));
            for (int at = 0; at < stream.length;) {
                int bytes = Math.min(stream.length - at, 1 + random.nextInt(round + 1));
                channel.writeInbound(Unpooled.copiedBuffer(stream, at, bytes));
                at += bytes;
            }
            Frame ask = channel.readInbound();
            assertEquals("Where?", new String(Ask.read(ask).body()));
            Frame slice = channel.readInbound();
            assertEquals(1, slice.sequence());
            assertArrayEquals(Links.slice(300, 5), slice.payload());
            assertEquals(FrameType.CANCEL, ((Frame) channel.readInbound()).type());
            assertNull(channel.readInbound());
            channel.finishAndReleaseAll();
        }
    }

    /**
     * Streams made before the hello, such as those that a migration in its middle brings, must know what it has opened.
     */
    @Test
    void followsTheRulesOfItsConnection() {
        AtomicReference<FrameRules> rules = new AtomicReference<>(FrameRules.opening(End.DEVICE));
        EmbeddedChannel early = new EmbeddedChannel(decoder(rules::get));
        EmbeddedChannel waiting = new EmbeddedChannel(decoder(rules::get));
        ByteBuf cancel = Unpooled.copiedBuffer(Frame.cancel(1).toBytes());
        assertThrows(FrameException.class, () -> early.writeInbound(cancel));
        rules.set(RULES);
        waiting.writeInbound(Unpooled.copiedBuffer(Frame.cancel(1).toBytes()));
        assertEquals(FrameType.CANCEL, ((Frame) waiting.readInbound()).type());
        early.finishAndReleaseAll();
        waiting.finishAndReleaseAll();
    }

    @Test
    void refusesOnTheHeaderAloneAndDropWhatFollows() {
        EmbeddedChannel channel = new EmbeddedChannel(decoder(() -> FrameRules.open(End.DEVICE,
                new LinkLimits(10, 1, 100, 100, 1, Duration.ofSeconds(1), Duration.ofSeconds(1)))));
        byte[] header = new Frame(FrameType.SLICE, 1, 0, new byte[101]).toBytes();
        ByteBuf first = Unpooled.copiedBuffer(header, 0, 12);
        assertThrows(FrameException.class, () -> channel.writeInbound(first));
        channel.writeInbound(Unpooled.copiedBuffer(Frame.cancel(1).toBytes()));
        assertNull(channel.readInbound());
        channel.finishAndReleaseAll();
    }

    @Test
    void survivesGarbageStreams() {
        SplittableRandom random = new SplittableRandom(4);
        for (int round = 0; round < 5_000; round++) {
            EmbeddedChannel channel = new EmbeddedChannel(decoder(() -> RULES));
            byte[] garbage = random.nextBoolean() ? stream() : new byte[40];
            for (int i = random.nextInt(4); i >= 0; i--) {
                garbage[random.nextInt(garbage.length)] = (byte) random.nextInt();
            }
            try {
                channel.writeInbound(Unpooled.copiedBuffer(garbage));
            } catch (FrameException expected) {
                assertTrue(expected.code().travels());
            }
            channel.finishAndReleaseAll();
        }
    }

    @Test
    void encodesWhatItDecodes() {
        EmbeddedChannel channel = new EmbeddedChannel(new FrameEncoder(ByteShare::unlimited, null));
        Frame frame = new Frame(FrameType.SLICE, 0xFFFF_FFFFL, 65_535, 255, Links.slice(50, 6));
        channel.writeOutbound(frame);
        ByteBuf bytes = channel.readOutbound();
        byte[] written = new byte[bytes.readableBytes()];
        bytes.readBytes(written);
        bytes.release();
        assertArrayEquals(frame.toBytes(), written);
        channel.finishAndReleaseAll();
    }

    private static FrameDecoder decoder(Supplier<FrameRules> rules) {
        ByteShare share = ByteShare.unlimited();
        return new FrameDecoder(rules, () -> share, null);
    }

    private static byte[] stream() {
        ByteBuf all = Unpooled.buffer();
        all.writeBytes(Links.handmade("Where?", 2).toFrame(1).toBytes());
        all.writeBytes(new Frame(FrameType.SLICE, 1, 1, Links.slice(300, 5)).toBytes());
        all.writeBytes(Frame.cancel(1).toBytes());
        byte[] bytes = new byte[all.readableBytes()];
        all.readBytes(bytes);
        all.release();
        return bytes;
    }
}
