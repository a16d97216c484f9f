package dev.tandem.transport.edge;

import dev.tandem.transport.Asked;
import dev.tandem.transport.Links;
import dev.tandem.transport.frame.Ask;
import dev.tandem.transport.frame.Bye;
import dev.tandem.transport.frame.Credit;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Failure;
import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.FrameHeader;
import dev.tandem.transport.frame.FrameType;
import dev.tandem.transport.frame.Hello;
import dev.tandem.transport.frame.LinkLimits;
import dev.tandem.transport.frame.LinkReport;
import dev.tandem.transport.frame.Need;
import dev.tandem.transport.frame.PackIdentity;
import dev.tandem.transport.frame.Part;
import dev.tandem.transport.frame.Received;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What a hostile device might send, frame by frame: mostly good, so that much is reached, and then not. The same luck,
 * the same bytes.
 */
final class FuzzFrames {
    private static final PackIdentity OTHER_PACK = Links.strangePack();
    private static final PackIdentity OTHER_SECTION = Links.pack(1, 9);
    private static final byte[] HELLO = Hello.of(Links.PACK, "fuzz").toFrame().toBytes();
    /** A mutation in so many frames. */
    private static final int RARE = 40;

    private final SplittableRandom random;
    private final LinkLimits limits;
    private final List<byte[]> sent = new ArrayList<>();
    private final Map<Long, Integer> announced = new HashMap<>();
    private long exchange;
    private int made;

    FuzzFrames(SplittableRandom random, LinkLimits limits) {
        this.random = random;
        this.limits = limits;
    }

    int made() {
        return made;
    }

    /** The first bytes of a connection; empty when the device says nothing. */
    byte[] opening() {
        made++;
        byte[] bytes = switch (random.nextInt(40)) {
            case 0 -> new Hello(new Hello.Versions(random.nextInt(6), random.nextInt(6)), Links.PACK, "fuzz").toFrame()
                    .toBytes();
            case 1 -> Hello.of(OTHER_PACK, "fuzz").toFrame().toBytes();
            case 2 -> Hello.of(OTHER_SECTION, "fuzz").toFrame().toBytes();
            case 3 -> new byte[0];
            case 4 -> mutated(HELLO);
            case 5 -> plain();
            default -> HELLO;
        };
        sent.add(bytes);
        return bytes;
    }

    byte[] next() {
        made++;
        byte[] bytes = plain();
        if (random.nextInt(RARE) == 0) {
            bytes = mutated(bytes);
        }
        sent.add(bytes);
        return bytes;
    }

    private byte[] plain() {
        return switch (exchange == 0 ? 0 : random.nextInt(24)) {
            case 0, 1, 2, 3, 4, 5 -> ask(++exchange, manySlices(), "?");
            case 6, 7, 8, 9, 10, 11, 12, 13 -> slice().toBytes();
            case 14 -> random.nextInt(4) == 0 ? ask(Math.max(1, exchange - 1), 1, "again") : slice().toBytes();
            case 15 -> oversized();
            case 16 -> Frame.cancel(anyExchange()).toBytes();
            case 17 -> Frame.of(random.nextBoolean() ? FrameType.PING : FrameType.PONG, 0, new byte[8]).toBytes();
            case 18 -> last();
            case 19 -> random.nextInt(8) == 0 ? edgeOnly() : slice().toBytes();
            case 20 -> random.nextInt(4) == 0 ? sent.get(random.nextInt(sent.size())) : slice().toBytes();
            case 21, 22 -> random.nextInt(12) == 0 ? garbage(random.nextInt(64)) : slice().toBytes();
            default -> random.nextInt(8) == 0 ? header() : ask(++exchange, 1, "?");
        };
    }

    private byte[] ask(long id, int slices, String question) {
        int deadline = random.nextInt(4) == 0 ? 50 : 0;
        announced.putIfAbsent(id, slices);
        Need need = Need.of(random.nextInt(3));
        int tiles = slices == 0 ? 0 : 1 + random.nextInt(2);
        return new Ask(random.nextInt(16) == 0 ? 0 : 1, slices, tiles, need, deadline, random.nextInt(4) * 20, "", "",
                random.nextInt(4), question.getBytes()).toFrame(id).toBytes();
    }

    /** Few are soon complete; with many an exchange stays open, to be contradicted, filled or given up. */
    private int manySlices() {
        return random.nextInt(3) == 0 ? random.nextInt(limits.slices() + 1) : 1 + random.nextInt(2);
    }

    private byte[] oversized() {
        return switch (random.nextInt(4)) {
            case 0 -> ask(++exchange, limits.slices() + 1 + random.nextInt(60_000), "?");
            case 1 -> ask(++exchange, 1, "x".repeat(limits.taskBytes() + 1 + random.nextInt(2_000)));
            case 2 -> {
                exchange = Math.min(FrameHeader.MAX_EXCHANGE - 100, exchange + random.nextLong(1L << 31));
                yield ask(exchange, 1, "far");
            }
            default -> new Frame(FrameType.SLICE, anyExchange(), random.nextInt(limits.slices()),
                    new byte[limits.sliceBytes() + random.nextInt(2)]).toBytes();
        };
    }

    /** Few indices and contents, so that slices repeat, contradict each other and fill their exchange. */
    Frame slice() {
        long id = anyExchange();
        int count = announced.getOrDefault(id, 1);
        int index = random.nextInt(100) == 0 ? random.nextInt(1 << 16) : random.nextInt(Math.max(1, count));
        byte[] payload = new byte[random.nextInt(3) == 0 ? limits.sliceBytes() : 8];
        Arrays.fill(payload, (byte) (random.nextInt(8) == 0 ? 1 : 0));
        return new Frame(FrameType.SLICE, id, index, random.nextInt(60) == 0 ? 1 : 0, payload);
    }

    /** Nearly always one that was opened. */
    private long anyExchange() {
        return switch (random.nextInt(200)) {
            case 0 -> random.nextLong(1, FrameHeader.MAX_EXCHANGE);
            case 1 -> exchange + 1 + random.nextInt(2);
            default -> {
                long id = Math.max(1, exchange - random.nextInt(3));
                yield announced.getOrDefault(id, 0) == 0 ? exchange : id;
            }
        };
    }

    private byte[] last() {
        return switch (random.nextInt(6)) {
            case 0 -> new Bye("enough").toFrame().toBytes();
            case 1 -> Failure.of(ErrorCode.CANCELLED, "no more").toFrame(0).toBytes();
            default -> Failure.of(ErrorCode.CANCELLED, "not this").toFrame(anyExchange()).toBytes();
        };
    }

    private byte[] edgeOnly() {
        Frame frame = switch (random.nextInt(4)) {
            case 0 -> new Part(Asked.WORDS, new byte[5]).toFrame(anyExchange(), 0);
            case 1 -> new Credit(random.nextInt()).toFrame();
            case 2 -> new Received(11, new byte[]{1, 2}).toFrame(anyExchange());
            default -> new LinkReport(1, 2, 3, 4).toFrame();
        };
        return frame.toBytes();
    }

    /** A good mark and then anything: types that nobody knows, lengths that nobody sends. */
    private byte[] header() {
        byte[] bytes = garbage(FrameHeader.BYTES + random.nextInt(20));
        bytes[FrameHeader.MARK_OFFSET] = (byte) FrameHeader.MARK;
        bytes[FrameHeader.TYPE_OFFSET] = (byte) random.nextInt(18);
        bytes[FrameHeader.TILE_OFFSET] = (byte) (random.nextInt(3) == 0 ? 1 : 0);
        return bytes;
    }

    private byte[] mutated(byte[] good) {
        byte[] bytes = good.clone();
        switch (random.nextInt(3)) {
            case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            case 1 -> bytes = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(16));
            default -> {
                for (int flips = 1 + random.nextInt(3); flips > 0 && bytes.length > 0; flips--) {
                    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                }
            }
        }
        return bytes;
    }

    private byte[] garbage(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
