package dev.tandem.transport.frame;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class MessageRoundTripTest {
    private static final PackIdentity PACK = new PackIdentity("päck", filled(7),
            Map.of("tofc", filled(-9), "bottleneck", filled(3)));
    private static final LinkLimits LIMITS = LinkLimits.defaults();

    @Test
    void keepsHello() {
        Hello hello = new Hello(new Hello.Versions(4, 6), PACK, "tandem/1");
        Frame frame = travel(hello.toFrame(), FrameRules.opening(End.DEVICE));
        assertEquals(hello, Hello.read(frame));
        assertEquals(hello.versions(), Hello.versions(frame));
        assertEquals(List.of("bottleneck", "tofc"), List.copyOf(Hello.read(frame).pack().sections().keySet()));
    }

    @Test
    void keepsHelloAck() {
        LinkLimits odd = new LinkLimits(1, 0, 1, 1, 1, Duration.ofMillis(1), Duration.ofMillis(Integer.MAX_VALUE));
        for (LinkLimits limits : List.of(LIMITS, odd)) {
            HelloAck ack = new HelloAck(Hello.VERSION, PACK, limits, "tandem/1");
            assertEquals(ack, HelloAck.read(travel(ack.toFrame(), FrameRules.opening(End.EDGE))));
        }
    }

    @Property(tries = 500, seed = "11", edgeCases = EdgeCasesMode.NONE)
    void keepsAsk(@ForAll @IntRange(min = 1, max = 65_535) int point, @ForAll @IntRange(max = 65_535) int slices,
            @ForAll @IntRange(min = 1, max = 255) int tiles, @ForAll Need need, @ForAll @IntRange(min = 0) int deadline,
            @ForAll @IntRange(max = 255) int task, @ForAll @Size(max = 200) byte[] body,
            @ForAll @LongRange(min = 1, max = 0xFFFF_FFFFL) long id) {
        Ask ask = new Ask(point, slices, slices == 0 ? 0 : tiles, need, deadline, deadline / 2, "", "head " + task,
                task,
                body);
        Frame frame = travel(ask.toFrame(id), FrameRules.open(End.DEVICE, LIMITS));
        assertEquals(id, frame.exchange());
        Ask back = Ask.read(frame);
        assertArrayEquals(body, back.body());
        assertEquals(ask.toString().replaceFirst("body=.*", ""), back.toString().replaceFirst("body=.*", ""));
    }

    @Property(tries = 100, seed = "12", edgeCases = EdgeCasesMode.NONE)
    void keepsDone(@ForAll @Size(max = 32) Map<@StringLength(max = 16) String, @LongRange(min = 0) Long> counts,
            @ForAll @LongRange(min = 0) long bytes, @ForAll @IntRange(max = 65_535) int slices,
            @ForAll @Size(max = 64) Map<@StringLength(max = 16) String, @LongRange(min = 0) Long> stages) {
        Map<String, Long> named = new LinkedHashMap<>();
        stages.forEach((name, nanos) -> named.put(utf8(name), nanos));
        Map<String, Long> counted = new LinkedHashMap<>();
        counts.forEach((name, value) -> counted.put(utf8(name), value));
        AnswerSummary summary = new AnswerSummary("a head", counted, named).withArrived(bytes, slices, 0xFFFF);
        AnswerSummary back = Done.read(travel(Done.toFrame(5, summary), FrameRules.open(End.EDGE, LIMITS)));
        assertEquals(summary, back);
        assertEquals(List.copyOf(named.keySet()), List.copyOf(back.stageNanos().keySet()));
        assertEquals(List.copyOf(counted.keySet()), List.copyOf(back.counts().keySet()));
    }

    @Property(tries = 200, seed = "13")
    void keepsSlices(@ForAll @Size(max = 2_000) byte[] payload, @ForAll @IntRange(max = 65_535) int index,
            @ForAll @IntRange(max = 255) int tile) {
        Frame back = travel(Frame.slice(9, new Slice(index, tile, payload)), FrameRules.open(End.DEVICE, LIMITS));
        assertEquals(index, back.slice().index());
        assertEquals(tile, back.slice().tile());
        assertArrayEquals(payload, back.payload());
    }

    @Test
    void keepsErrorByePingPongAndCancel() {
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
    void keepsReceived(@ForAll @IntRange(max = 65_535) int slices, @ForAll byte fill) {
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
    void keepsParts() {
        for (int bytes : new int[]{1, 40_000, Part.MAX_BYTES}) {
            Frame back = travel(new Part(3, new byte[bytes]).toFrame(9, 65_537), FrameRules.open(End.EDGE, LIMITS));
            assertEquals(1, back.sequence());
            assertEquals(3, Part.read(back).kind());
            assertEquals(bytes, Part.read(back).bytes().length);
        }
        assertThrows(IllegalArgumentException.class, () -> new Part(3, new byte[Part.MAX_BYTES + 1]));
        assertThrows(IllegalArgumentException.class, () -> new Part(256, new byte[1]));
        for (int bytes = 0; bytes < 2; bytes++) {
            Frame empty = Frame.of(FrameType.PART, 1, new byte[bytes]);
            assertThrows(FrameException.class, () -> Part.read(empty));
        }
    }

    /** The largest of each must fit the caps of docs/wire.md. */
    @Test
    void fitsTheLargestIntoTheCaps() {
        Map<String, byte[]> sections = new TreeMap<>();
        Map<String, Long> counts = new TreeMap<>();
        Map<String, Long> stages = new TreeMap<>();
        for (int i = 0; i < 64; i++) {
            String name = "%064d".formatted(i);
            stages.put(name, Long.MAX_VALUE);
            if (i < 32) {
                sections.put(name, filled(i));
                counts.put(name, Long.MAX_VALUE);
            }
        }
        String text = "x".repeat(255);
        PackIdentity large = new PackIdentity(text, filled(1), sections);
        travel(Hello.of(large, text).toFrame(), FrameRules.opening(End.DEVICE));
        travel(new HelloAck(Hello.VERSION, large, LIMITS, text).toFrame(), FrameRules.opening(End.EDGE));
        travel(Done.toFrame(1, new AnswerSummary(text, counts, stages)), FrameRules.open(End.EDGE, LIMITS));
        Frame ask = new Ask(0, 1, 1, Need.ALL, 0, 0, text, text, 1, new byte[Ask.MAX_BODY_BYTES]).toFrame(1);
        travel(ask, FrameRules.open(End.DEVICE, LIMITS));
        assertEquals(FrameType.ASK.maxPayloadBytes(), ask.payload().length);
    }

    /** What stands where a count stands is checked before anything is made for it. */
    @Test
    void refusesCountsBeyondTheirCaps() {
        byte[] hello = Hello.of(PACK, "").toFrame().payload();
        hello[2 + 2 + 32 + 1 + 5] = 33;
        assertThrows(FrameException.class, () -> Hello.read(Frame.of(FrameType.HELLO, 0, hello)));
        byte[] done = Done.toFrame(1, new AnswerSummary("", Map.of(), Map.of())).payload();
        done[13] = 33;
        assertThrows(FrameException.class, () -> Done.read(Frame.of(FrameType.DONE, 1, done)));
        done[13] = 0;
        done[14] = 65;
        assertThrows(FrameException.class, () -> Done.read(Frame.of(FrameType.DONE, 1, done)));
    }

    @Test
    void refusesAsksThatContradictThemselves() {
        byte[] task = {1};
        for (Ask bad : List.of(new Ask(1, 1, 1, Need.ANY, 0, 0, "c16", "", 1, task),
                new Ask(0, 1, 1, Need.ANY, 0, 0, "", "", 1, task), new Ask(1, 1, 0, Need.ANY, 0, 0, "", "", 1, task),
                new Ask(1, 0, 1, Need.ANY, 0, 0, "", "", 1, task))) {
            assertThrows(FrameException.class, () -> Ask.read(bad.toFrame(1)), bad.toString());
        }
        assertEquals(0, Ask.read(new Ask(0, 0, 0, Need.ANY, 0, 0, "", "", 2, task).toFrame(1)).pointId());
        byte[] need = new Ask(1, 1, 1, Need.ALL, 0, 0, "", "", 1, task).toFrame(1).payload();
        need[5] = 3;
        assertThrows(FrameException.class, () -> Ask.read(Frame.of(FrameType.ASK, 1, need)));
    }

    @Test
    void cutsLongReasonsInsteadOfFailing() {
        String message = Failure.read(Failure.of(ErrorCode.ANSWER_FAILED, "🙂".repeat(5_000)).toFrame(1)).message();
        assertEquals("🙂".repeat(1_024), message);
        assertThrows(IllegalArgumentException.class, () -> Failure.of(ErrorCode.CLOSED, "never sent"));
    }

    /** Strings as they arrive: unpaired surrogates become question marks, what acts instead of being seen is spelt. */
    private static String utf8(String text) {
        return Text.plain(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
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
