package dev.tandem.transport.frame;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class MessageRoundTripTest {
    private static final PackIdentity PACK = new PackIdentity("päck", filled(7), filled(-9));
    private static final LinkLimits LIMITS = LinkLimits.defaults();

    @Test
    void shouldKeepHello() {
        Hello hello = new Hello(1, 3, PACK, "tandem/1");
        assertEquals(hello, Hello.read(travel(hello.toFrame(), FrameRules.opening(End.DEVICE))));
    }

    @Test
    void shouldKeepHelloAck() {
        LinkLimits odd = new LinkLimits(1, 0, 1, 1, 1, Duration.ofMillis(1), Duration.ofMillis(Integer.MAX_VALUE));
        for (LinkLimits limits : List.of(LIMITS, odd)) {
            HelloAck ack = new HelloAck(1, new PackIdentity("", filled(1), filled(2)), limits, "tandem/1");
            assertEquals(ack, HelloAck.read(travel(ack.toFrame(), FrameRules.opening(End.EDGE))));
        }
    }

    @Property(tries = 500, seed = "11", edgeCases = EdgeCasesMode.NONE)
    void shouldKeepAsk(@ForAll @IntRange(min = 1, max = 65_535) int point, @ForAll @IntRange(max = 65_535) int slices,
            @ForAll @IntRange(min = 0) int deadline, @ForAll @IntRange(max = 65_535) int words,
            @ForAll @StringLength(max = 200) String question, @ForAll @LongRange(min = 1, max = 0xFFFF_FFFFL) long id) {
        Ask ask = new Ask(point, slices, deadline, deadline / 2, words, "", utf8(question));
        Frame frame = travel(ask.toFrame(id), FrameRules.open(End.DEVICE, LIMITS));
        assertEquals(id, frame.exchange());
        assertEquals(ask, Ask.read(frame));
    }

    @Property(tries = 100, seed = "12", edgeCases = EdgeCasesMode.NONE)
    void shouldKeepDone(@ForAll @IntRange(min = 0) int used, @ForAll @IntRange(min = 0) int words,
            @ForAll @LongRange(min = 0) long bytes, @ForAll @IntRange(max = 65_535) int slices,
            @ForAll @Size(max = 64) Map<@StringLength(max = 16) String, @LongRange(min = 0) Long> stages) {
        Map<String, Long> named = new LinkedHashMap<>();
        stages.forEach((name, nanos) -> named.put(utf8(name), nanos));
        AnswerSummary summary = new AnswerSummary(used, 16, words, 3, bytes, slices, 0xFFFF, named);
        AnswerSummary back = Done.read(travel(Done.toFrame(5, summary), FrameRules.open(End.EDGE, LIMITS)));
        assertEquals(summary, back);
        assertEquals(List.copyOf(named.keySet()), List.copyOf(back.stageNanos().keySet()));
    }

    @Property(tries = 200, seed = "13")
    void shouldKeepSlices(@ForAll @Size(max = 2_000) byte[] payload, @ForAll @IntRange(max = 65_535) int index) {
        Frame back = travel(new Frame(FrameType.SLICE, 9, index, payload), FrameRules.open(End.DEVICE, LIMITS));
        assertEquals(index, back.sequence());
        assertArrayEquals(payload, back.payload());
    }

    @Test
    void shouldKeepErrorByePingPongAndCancel() {
        Failure failure = Failure.of(ErrorCode.OVERLOADED, "zu viel ✓");
        assertEquals(failure, Failure.read(travel(failure.toFrame(3), FrameRules.open(End.EDGE, LIMITS))));
        Failure foreign = new Failure(999, "from the future");
        assertEquals(null, Failure.read(travel(foreign.toFrame(0), FrameRules.open(End.EDGE, LIMITS))).known());
        Bye bye = new Bye("done");
        assertEquals(bye, Bye.read(travel(bye.toFrame(), FrameRules.open(End.DEVICE, LIMITS))));
        for (FrameType type : List.of(FrameType.PING, FrameType.PONG)) {
            assertEquals(type, travel(Frame.of(type, 0, new byte[8]), FrameRules.open(End.EDGE, LIMITS)).type());
        }
        Credit credit = new Credit(1 << 30);
        assertEquals(credit, Credit.read(travel(credit.toFrame(), FrameRules.open(End.EDGE, LIMITS))));
        LinkReport report = new LinkReport(-1, 2, 3, 4);
        assertEquals(report, LinkReport.read(travel(report.toFrame(), FrameRules.open(End.EDGE, LIMITS))));
        assertEquals(4, travel(Frame.cancel(4), FrameRules.open(End.DEVICE, LIMITS)).exchange());
    }

    @Property(tries = 200, seed = "14")
    void shouldKeepReceived(@ForAll @IntRange(max = 65_535) int slices, @ForAll byte fill) {
        byte[] bitmap = new byte[(slices + 7) / 8];
        Arrays.fill(bitmap, fill);
        if (slices % 8 != 0) {
            bitmap[slices / 8] &= (byte) ((1 << slices % 8) - 1);
        }
        Received back = Received
                .read(travel(new Received(slices, bitmap).toFrame(9), FrameRules.open(End.EDGE, LIMITS)));
        assertEquals(slices, back.slices());
        assertArrayEquals(bitmap, back.bitmap());
        if (slices % 8 != 0) {
            byte[] beyond = bitmap.clone();
            beyond[slices / 8] |= (byte) (1 << slices % 8);
            assertThrows(FrameException.class, () -> Received.read(new Received(slices, beyond).toFrame(9)));
        }
    }

    @Test
    void shouldSplitLongWordsBetweenCharacters() {
        String text = "🙂ä€x".repeat(10_000);
        List<Frame> frames = Words.toFrames(1, 65_534, text);
        StringBuilder back = new StringBuilder();
        int sequence = 65_534;
        for (Frame frame : frames) {
            assertEquals(sequence++ & 0xFFFF, frame.sequence());
            back.append(Words.read(travel(frame, FrameRules.open(End.EDGE, LIMITS))));
        }
        assertEquals(text, back.toString());
        assertTrue(frames.size() > 5 && Words.toFrames(1, 0, "").isEmpty());
    }

    @Test
    void shouldCutLongReasonsInsteadOfFailing() {
        String message = Failure.read(Failure.of(ErrorCode.ANSWER_FAILED, "🙂".repeat(5_000)).toFrame(1)).message();
        assertEquals("🙂".repeat(1_024), message);
        assertThrows(IllegalArgumentException.class, () -> Failure.of(ErrorCode.CLOSED, "never sent"));
    }

    /** Strings as they survive UTF-8: unpaired surrogates become question marks. */
    private static String utf8(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static Frame travel(Frame frame, FrameRules rules) {
        byte[] bytes = frame.toBytes();
        assertEquals(frame.bytes(), bytes.length);
        return Frame.parse(ByteBuffer.wrap(bytes), rules);
    }

    private static byte[] filled(int value) {
        byte[] hash = new byte[PackIdentity.HASH_BYTES];
        Arrays.fill(hash, (byte) value);
        return hash;
    }
}
