package dev.tandem.transport.frame;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Whatever the bytes are, the parser gives a frame or a FrameException: no other exception, no memory beyond the input.
 */
class FrameGarbageTest {
    private static final int CASES = Integer.getInteger("tandem.fuzz.cases", 150_000);
    private static final LinkLimits LIMITS = LinkLimits.defaults();
    private static final List<FrameRules> RULES = List.of(FrameRules.opening(End.DEVICE), FrameRules.opening(End.EDGE),
            FrameRules.open(End.DEVICE, LIMITS), FrameRules.open(End.EDGE, LIMITS));

    @Test
    void survivesGarbage() {
        SplittableRandom random = new SplittableRandom(1);
        int parsed = 0;
        for (int i = 0; i < CASES; i++) {
            byte[] bytes = new byte[random.nextInt(80)];
            random.nextBytes(bytes);
            if (bytes.length >= FrameHeader.BYTES && random.nextInt(8) != 0) {
                makePlausible(bytes, random);
            }
            parsed += parses(bytes, RULES.get(random.nextInt(RULES.size()))) ? 1 : 0;
        }
        assertTrue(parsed > CASES / 1_000, "garbage so bad that the payload readers were hardly reached: " + parsed);
    }

    @Test
    void survivesGoodFramesWithFlippedBytes() {
        SplittableRandom random = new SplittableRandom(2);
        List<byte[]> good = samples().stream().map(Frame::toBytes).toList();
        for (int i = 0; i < CASES; i++) {
            byte[] bytes = good.get(random.nextInt(good.size())).clone();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            parses(bytes, RULES.get(random.nextInt(RULES.size())));
        }
    }

    @Test
    void refusesEveryTruncationAndEveryTail() {
        for (Frame frame : samples()) {
            byte[] bytes = frame.toBytes();
            FrameRules rules = rulesFor(frame.type());
            for (int length = 0; length < bytes.length; length++) {
                ByteBuffer cut = ByteBuffer.wrap(bytes, 0, length);
                assertThrows(FrameException.class, () -> Frame.parse(cut, rules));
            }
            byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
            assertThrows(FrameException.class, () -> Frame.parse(ByteBuffer.wrap(longer), rules));
        }
    }

    @Test
    void refusesPayloadsThatEndInsideAField() {
        for (Frame frame : samples()) {
            if (frame.type() == FrameType.SLICE || frame.type() == FrameType.PART || frame.payload().length == 8
                    || frame.type() == FrameType.CANCEL) {
                continue; // no fields
            }
            int fields = frame.type() == FrameType.ASK
                    ? frame.payload().length - Ask.read(frame).body().length
                    : frame.payload().length;
            for (int length = 0; length < fields; length++) {
                Frame cut = Frame.of(frame.type(), frame.exchange(), Arrays.copyOf(frame.payload(), length));
                assertThrows(FrameException.class, () -> read(cut));
            }
            if (frame.type() != FrameType.ASK) { // whose task goes up to the end, whatever it says
                byte[] longer = Arrays.copyOf(frame.payload(), frame.payload().length + 1);
                assertThrows(FrameException.class, () -> read(Frame.of(frame.type(), frame.exchange(), longer)));
            }
        }
    }

    private static boolean parses(byte[] bytes, FrameRules rules) {
        try {
            read(Frame.parse(ByteBuffer.wrap(bytes), rules));
            return true;
        } catch (FrameException expected) {
            assertTrue(expected.code().travels());
            return false;
        }
    }

    private static void makePlausible(byte[] bytes, SplittableRandom random) {
        bytes[FrameHeader.MARK_OFFSET] = (byte) FrameHeader.MARK;
        bytes[FrameHeader.TYPE_OFFSET] = (byte) (1 + random.nextInt(FrameType.LINK_REPORT.code()));
        bytes[FrameHeader.TILE_OFFSET] = 0;
        ByteBuffer.wrap(bytes).putShort(FrameHeader.SEQUENCE_OFFSET, (short) 0);
        int length = bytes.length - FrameHeader.BYTES;
        bytes[FrameHeader.LENGTH_OFFSET] = (byte) length;
        bytes[FrameHeader.LENGTH_OFFSET + 1] = 0;
        bytes[FrameHeader.LENGTH_OFFSET + 2] = 0;
        if (random.nextBoolean()) {
            ByteBuffer.wrap(bytes).putInt(FrameHeader.EXCHANGE_OFFSET, random.nextInt(2));
        }
        for (int i = FrameHeader.BYTES; i < bytes.length; i++) {
            bytes[i] = random.nextInt(3) == 0 ? bytes[i] : (byte) random.nextInt(2);
        }
    }

    private static FrameRules rulesFor(FrameType type) {
        return RULES.stream().filter(each -> each.open() ^ (type == FrameType.HELLO || type == FrameType.HELLO_ACK))
                .filter(each -> type.mayComeFrom(each.sender())).findFirst().orElseThrow();
    }

    private static List<Frame> samples() {
        PackIdentity pack = new PackIdentity("smol-vqa", new byte[32],
                Map.of("tofc", new byte[32], "raw", new byte[32]));
        return List.of(Hello.of(pack, "x").toFrame(), new HelloAck(Hello.VERSION, pack, LIMITS, "y").toFrame(),
                new Ask(0, 2, 1, Need.FIRST, 0, 9, "c16", "language", 1, "What is it?".getBytes()).toFrame(3),
                new Frame(FrameType.SLICE, 3, 1, 7, new byte[40]), new Part(1, "a dog".getBytes()).toFrame(3, 0),
                Done.toFrame(3, new AnswerSummary("language", Map.of("used", 16L, "total", 16L),
                        Map.of("prefill", 5L, "decode", 7L), 900, 2, 3)),
                Failure.of(ErrorCode.IDLE, "silence").toFrame(0), Frame.cancel(3),
                Frame.of(FrameType.PING, 0, new byte[8]), Frame.of(FrameType.PONG, 0, new byte[8]),
                new Bye("end").toFrame(), new Credit(70).toFrame(), new LinkReport(9, 1, 0, 2).toFrame(),
                new Received(11, new byte[]{(byte) 0xFF, 3}).toFrame(3));
    }

    private static void read(Frame frame) {
        switch (frame.type()) {
            case HELLO -> Hello.read(frame);
            case HELLO_ACK -> HelloAck.read(frame);
            case ASK -> Ask.read(frame);
            case PART -> Part.read(frame);
            case DONE -> Done.read(frame);
            case ERROR -> Failure.read(frame);
            case BYE -> Bye.read(frame);
            case CREDIT -> Credit.read(frame);
            case LINK_REPORT -> LinkReport.read(frame);
            case RECEIVED -> Received.read(frame);
            case SLICE, CANCEL, PING, PONG -> {
            }
        }
    }
}
