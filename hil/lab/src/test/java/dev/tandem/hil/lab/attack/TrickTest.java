package dev.tandem.hil.lab.attack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.frame.Ask;
import dev.tandem.transport.frame.End;
import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.FrameHeader;
import dev.tandem.transport.frame.FrameType;
import dev.tandem.transport.frame.Hello;
import dev.tandem.transport.frame.LinkLimits;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each trick breaks the rule that it is named after, and no other: read with the link's own eyes. */
class TrickTest {
    private static final LinkLimits LIMITS = LinkLimits.defaults();
    private static final int SEEDS = 20;

    @ParameterizedTest
    @EnumSource
    void breaksItsRule(Trick trick) {
        for (int seed = 0; seed < SEEDS; seed++) {
            check(trick, pieces(trick, seed));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theSameSeedSendsTheSame(Trick trick) {
        List<byte[]> first = pieces(trick, 5);
        List<byte[]> again = pieces(trick, 5);
        assertEquals(first.size(), again.size());
        IntStream.range(0, first.size()).forEach(i -> assertArrayEquals(first.get(i), again.get(i)));
    }

    private static List<byte[]> pieces(Trick trick, long seed) {
        return trick.pieces(Victim.PACK, new SplittableRandom(seed));
    }

    private static void check(Trick trick, List<byte[]> pieces) {
        switch (trick) {
            case GARBAGE -> assertTrue(pieces.size() == 1 && pieces.getFirst().length > 0);
            case OVERSIZED_LENGTH -> {
                assertEquals(FrameHeader.MAX_PAYLOAD_BYTES, header(pieces.get(1)).length());
                assertTrue(pieces.get(1).length < LIMITS.sliceBytes());
            }
            case OVERSIZED_COUNT -> pieces.forEach(each -> assertTrue(ask(each).slices() > LIMITS.slices()));
            case LONG_TASK -> assertTrue(ask(pieces.getFirst()).body().length > LIMITS.taskBytes());
            case REPEATED -> {
                pieces.subList(2, 21).forEach(each -> assertArrayEquals(pieces.get(1), each));
                assertEquals(FrameType.CANCEL, frame(pieces.getLast()).type());
                assertEquals(2, ask(pieces.getFirst()).slices()); // one is missing for ever
            }
            case REORDERED -> {
                assertEquals(16, ask(pieces.getFirst()).slices());
                assertArrayEquals(IntStream.iterate(15, i -> i >= 0, i -> i - 1).toArray(), sequences(pieces));
            }
            case CONTRADICTORY -> {
                assertArrayEquals(new int[]{1, 1}, sequences(pieces));
                assertFalse(Arrays.equals(pieces.get(1), pieces.get(2)));
            }
            case TOO_LARGE -> {
                List<byte[]> slices = pieces.subList(1, pieces.size());
                slices.forEach(each -> assertTrue(header(each).length() <= LIMITS.sliceBytes()));
                assertTrue(slices.stream().mapToInt(each -> header(each).length()).sum() > LIMITS.exchangeBytes());
                assertTrue(slices.size() <= ask(pieces.getFirst()).slices());
            }
            case BEYOND_COUNT -> assertTrue(header(pieces.get(1)).sequence() >= ask(pieces.getFirst()).slices());
            case BEYOND_TILES -> assertTrue(header(pieces.get(1)).tile() >= ask(pieces.getFirst()).tiles());
            case NEVER_OPENED -> {
                assertEquals(1, pieces.size());
                assertNotEquals(FrameType.ASK, frame(pieces.getFirst()).type());
            }
            case OPENED_TWICE -> {
                long below = header(pieces.getFirst()).exchange() - header(pieces.get(1)).exchange();
                assertTrue(below == 0 || below >= 4_096, "below by " + below);
            }
            case TOO_MANY -> {
                assertTrue(pieces.size() > LIMITS.inFlight());
                assertEquals(pieces.size(), pieces.stream().mapToLong(each -> header(each).exchange()).distinct()
                        .count());
            }
            case FRAME_OF_AN_EDGE -> assertFalse(frame(pieces.getFirst()).type().mayComeFrom(End.DEVICE));
            case SECOND_HELLO -> assertEquals("hostile", Hello.read(frame(pieces.getFirst())).software());
            case HALF_A_FRAME -> assertTrue(pieces.get(1).length > FrameHeader.BYTES
                    && pieces.get(1).length < FrameHeader.BYTES + header(pieces.get(1)).length());
            case GOODBYE -> assertEquals(List.of(FrameType.ASK, FrameType.BYE, FrameType.ASK),
                    pieces.stream().map(each -> frame(each).type()).toList());
            case SILENCE -> assertTrue(pieces.isEmpty());
        }
    }

    private static int[] sequences(List<byte[]> pieces) {
        return pieces.stream().skip(1).mapToInt(each -> header(each).sequence()).toArray();
    }

    private static Ask ask(byte[] bytes) {
        return Ask.read(frame(bytes));
    }

    private static FrameHeader header(byte[] bytes) {
        return new FrameHeader().wrap(ByteBuffer.wrap(bytes), 0);
    }

    /** A whole one: the header's length is what follows it. */
    private static Frame frame(byte[] bytes) {
        FrameHeader header = header(bytes);
        assertEquals(bytes.length, FrameHeader.BYTES + header.length());
        return new Frame(FrameType.of(header.typeCode()), header.exchange(), header.sequence(), header.tile(),
                Arrays.copyOfRange(bytes, FrameHeader.BYTES, bytes.length));
    }
}
