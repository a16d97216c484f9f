package dev.tandem.hil.lab.attack;

import dev.tandem.transport.frame.Ask;
import dev.tandem.transport.frame.Bye;
import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.FrameHeader;
import dev.tandem.transport.frame.FrameType;
import dev.tandem.transport.frame.Hello;
import dev.tandem.transport.frame.LinkLimits;
import dev.tandem.transport.frame.Need;
import dev.tandem.transport.frame.PackIdentity;
import dev.tandem.transport.frame.Part;
import dev.tandem.transport.frame.Slice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** What a hostile device sends after a good hello: each is a list of pieces, in the order in which they are sent. */
enum Trick {
    GARBAGE, OVERSIZED_LENGTH, OVERSIZED_COUNT, LONG_TASK, REPEATED, REORDERED, CONTRADICTORY, TOO_LARGE, BEYOND_COUNT, BEYOND_TILES, NEVER_OPENED, OPENED_TWICE, TOO_MANY, FRAME_OF_AN_EDGE, SECOND_HELLO, HALF_A_FRAME, GOODBYE, SILENCE;

    private static final LinkLimits LIMITS = LinkLimits.defaults();
    private static final int SMALL = 32;
    /** Ids so far apart that the lower one counts as used up; nearer ones may come in any order. */
    private static final int FAR = 4_096;
    private static final int HIGH = 2 * FAR;

    /** The pieces; ids of exchanges count from 1. */
    List<byte[]> pieces(PackIdentity pack, SplittableRandom random) {
        return switch (this) {
            case GARBAGE -> List.of(bytes(1 + random.nextInt(300), random));
            case OVERSIZED_LENGTH -> List.of(ask(1, 1), oversized(random));
            case OVERSIZED_COUNT -> List.of(ask(1, LIMITS.slices() + 1 + random.nextInt(60_000)), ask(2, 0xFFFF));
            case LONG_TASK -> List.of(ask(1, 1, new byte[60_000]));
            case REPEATED -> {
                byte[] same = slice(1, 0, SMALL, random);
                List<byte[]> all = new ArrayList<>(List.of(ask(1, 2)));
                IntStream.range(0, 20).forEach(i -> all.add(same));
                all.add(Frame.cancel(1).toBytes());
                yield all;
            }
            case REORDERED -> {
                List<byte[]> all = new ArrayList<>(List.of(ask(1, 16)));
                IntStream.iterate(15, i -> i >= 0, i -> i - 1).forEach(i -> all.add(slice(1, i, SMALL, random)));
                yield all;
            }
            case CONTRADICTORY -> List.of(ask(1, 2), slice(1, 1, SMALL, random), slice(1, 1, SMALL, random));
            case TOO_LARGE -> {
                List<byte[]> all = new ArrayList<>(List.of(ask(1, 8)));
                IntStream.range(0, 5).forEach(i -> all.add(slice(1, i, LIMITS.sliceBytes(), random)));
                yield all;
            }
            case BEYOND_COUNT -> List.of(ask(1, 2), slice(1, 2 + random.nextInt(60_000), SMALL, random));
            case BEYOND_TILES -> List.of(ask(1, 2),
                    Frame.slice(1, new Slice(0, 1 + random.nextInt(255), bytes(SMALL, random))).toBytes());
            case NEVER_OPENED -> List.of(random.nextBoolean()
                    ? slice(1 + random.nextLong(FrameHeader.MAX_EXCHANGE), 0, SMALL, random)
                    : Frame.cancel(1 + random.nextLong(FrameHeader.MAX_EXCHANGE)).toBytes());
            case OPENED_TWICE -> List.of(ask(HIGH, 1), ask(random.nextBoolean() ? HIGH : HIGH - FAR, 1));
            case TOO_MANY -> IntStream.rangeClosed(1, LIMITS.inFlight() + 16).mapToObj(id -> ask(id, 2)).toList();
            case FRAME_OF_AN_EDGE ->
                List.of(new Part(1, "I am the edge".getBytes(StandardCharsets.UTF_8)).toFrame(1, 0).toBytes());
            case SECOND_HELLO -> List.of(hello(pack));
            case HALF_A_FRAME -> List.of(ask(1, 1), Arrays.copyOf(slice(1, 0, SMALL, random), 20));
            case GOODBYE -> List.of(ask(1, 2), new Bye("and gone").toFrame().toBytes(), ask(2, 2));
            case SILENCE -> List.of();
        };
    }

    static byte[] hello(PackIdentity pack) {
        return Hello.of(pack, "hostile").toFrame().toBytes();
    }

    static byte[] ask(long exchange, int slices) {
        return ask(exchange, slices, "..what is this?".getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] ask(long exchange, int slices, byte[] body) {
        return new Ask(1, slices, Math.min(1, slices), Need.ANY, 0, 0, "", "", 1, body).toFrame(exchange).toBytes();
    }

    static byte[] slice(long exchange, int index, int bytes, SplittableRandom random) {
        return new Frame(FrameType.SLICE, exchange, index, bytes(bytes, random)).toBytes();
    }

    static byte[] bytes(int count, SplittableRandom random) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /** A slice whose header announces 16 MB, and the first of them. */
    private static byte[] oversized(SplittableRandom random) {
        byte[] bytes = slice(1, 0, SMALL, random);
        for (int i = 0; i < 3; i++) {
            bytes[FrameHeader.LENGTH_OFFSET + i] = (byte) 0xFF;
        }
        return bytes;
    }
}
