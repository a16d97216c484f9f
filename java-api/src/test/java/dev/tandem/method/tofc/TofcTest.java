package dev.tandem.method.tofc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.cluster.TokenClusterer;
import dev.tandem.engine.Engine;
import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.image.RgbImage;
import dev.tandem.method.Decoding;
import dev.tandem.method.DeviceHalf;
import dev.tandem.method.EdgeHalf;
import dev.tandem.method.Host;
import dev.tandem.method.Look;
import dev.tandem.method.PackMethods;
import dev.tandem.method.Point;
import dev.tandem.method.Slice;
import dev.tandem.method.SliceLimits;
import dev.tandem.method.Stopwatch;
import dev.tandem.method.TinyPack;
import dev.tandem.method.tokens.TokenSet;
import dev.tandem.method.tokens.VisionEncoder;
import dev.tandem.task.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TofcTest {
    private static final PackMethods METHODS = PackMethods.of(TinyPack.pack());
    private static final Task TASK = new Task.Classify(5);
    private static final RgbImage PICTURE = TinyPack.picture(11);
    private static Engine engine;
    private static DeviceHalf device;
    private static EdgeHalf edge;

    @BeforeAll
    static void open() {
        engine = TinyPack.engine();
        Host host = new Host(engine, MemoryAccount.process(), new SliceLimits(1100, 4));
        device = METHODS.section("tofc").device(host);
        edge = METHODS.section("tofc").edge(host);
    }

    @AfterAll
    static void close() {
        if (engine != null) {
            device.close();
            edge.close();
            engine.close();
        }
    }

    private static Look.Send send(RgbImage picture, Point point) {
        return (Look.Send) device.look(picture, point, TASK);
    }

    private static TokenSet decode(List<Slice> slices, Point point) {
        Decoding decoding = edge.begin(point, 100, 1);
        decoding.add(slices);
        return (TokenSet) decoding.evidence();
    }

    private static TofcKnobs knobs(Point point) {
        return point.knobs(TofcKnobs.class);
    }

    private static float[] merged(Point point) {
        try (VisionEncoder encoder = new VisionEncoder(TinyPack.pack(), "encoder", Host.of(engine));
                TokenClusterer clusterer = TokenClusterer.best(new MemoryAccount("test", 1 << 28))) {
            encoder.encode(PICTURE, new Stopwatch());
            return encoder.merged(clusterer, knobs(point).clusters(), knobs(point).neighbours());
        }
    }

    @Test
    void bringsTheMergedTokensWithinHalfAStep() {
        for (String name : List.of("c8", "c16", "c16-fine", "c32")) {
            Point op = METHODS.point(name);
            Look.Send sent = send(PICTURE, op);
            TokenSet got = decode(sent.slices(), op);
            assertEquals(knobs(op).clusters(), got.count());
            assertEquals(knobs(op).clusters(), got.total());
            assertEquals(knobs(op).clusters(), sent.units());
            float[] merged = merged(op);
            for (int i = 0; i < merged.length; i++) {
                assertEquals(merged[i], got.values()[i], knobs(op).step() * 0.5001, name + " value " + i);
            }
            assertTrue(sent.slices().stream().allMatch(s -> s.bytes().length <= 1100));
            assertEquals(List.of("prepare", "encoder", "merge", "analysis", "coding"),
                    List.copyOf(sent.stageNanos().keySet()));
        }
    }

    @Test
    void givesTheSameBytesEachTime() {
        Point op = METHODS.point("c8");
        List<byte[]> first = bytes(send(PICTURE, op));
        send(TinyPack.picture(12), METHODS.point("c16"));
        assertArrayEquals(first.toArray(), bytes(send(PICTURE, op)).toArray());
    }

    private static List<byte[]> bytes(Look.Send sent) {
        return sent.slices().stream().map(Slice::bytes).toList();
    }

    @Test
    void bringsTheTokensOfAnySubsetInAnyOrder() {
        Point op = METHODS.point("c16");
        List<Slice> slices = send(PICTURE, op).slices();
        assertTrue(slices.size() >= 4);
        TokenSet all = decode(slices, op);
        List<TokenSet> single = slices.stream().map(s -> decode(List.of(s), op)).toList();
        assertEquals(16, single.stream().mapToInt(TokenSet::count).sum());
        for (int mask = 1; mask < 1 << slices.size(); mask++) {
            List<Slice> subset = new ArrayList<>();
            float[] expected = new float[0];
            for (int i = 0; i < slices.size(); i++) {
                if ((mask >> i & 1) == 1) {
                    subset.add(slices.get(i));
                    float[] part = single.get(i).values();
                    expected = Arrays.copyOf(expected, expected.length + part.length);
                    System.arraycopy(part, 0, expected, expected.length - part.length, part.length);
                }
            }
            Collections.reverse(subset);
            subset.add(subset.get(0)); // and one of them twice
            TokenSet got = decode(subset, op);
            assertArrayEquals(expected, got.values());
            assertEquals(16, got.total());
        }
        assertEquals(16, all.count());
    }

    @Test
    void dropsADamagedSliceAndRefusesOnlyWhenNoneIsLeft() {
        Point op = METHODS.point("c16");
        List<Slice> slices = new ArrayList<>(send(PICTURE, op).slices());
        int whole = decode(slices.subList(1, slices.size()), op).count();
        byte[] bytes = slices.get(0).bytes().clone();
        bytes[bytes.length / 2] ^= 4;
        Slice damaged = new Slice(0, 0, bytes);
        slices.set(0, damaged);
        assertEquals(whole, decode(slices, op).count());
        assertThrows(CorruptBitstreamException.class, () -> decode(List.of(damaged), op));
        assertThrows(CorruptBitstreamException.class, () -> decode(List.of(), op));
    }

    @Test
    void dropsSlicesOfAnotherPointOrPicture() {
        Point c16 = METHODS.point("c16");
        List<Slice> slices = send(PICTURE, c16).slices();
        List<Slice> other = send(PICTURE, METHODS.point("c8")).slices();
        List<Slice> mixed = new ArrayList<>(slices);
        mixed.addAll(other);
        assertEquals(16, decode(mixed, c16).count());
        assertThrows(CorruptBitstreamException.class, () -> decode(other, c16));
    }

    @Test
    void cutsIntoAsManySlicesAsThePointAsks() {
        Point c16 = METHODS.point("c16");
        Point eight = new Point(c16.id(), "c16", "tofc",
                new TofcKnobs(16, 5, knobs(c16).step(), knobs(c16).scaleShift(), 8));
        List<Slice> slices = send(PICTURE, eight).slices();
        assertTrue(slices.size() >= 8, "found " + slices.size());
        assertEquals(16, decode(slices, eight).count());
    }

    @Test
    void dropsASliceOfAnotherTile() {
        Point c16 = METHODS.point("c16");
        List<Slice> slices = new ArrayList<>(send(PICTURE, c16).slices());
        int whole = decode(slices.subList(1, slices.size()), c16).count();
        slices.set(0, new Slice(0, 1, slices.get(0).bytes()));
        assertEquals(whole, decode(slices, c16).count());
    }

    @Test
    void addsSlicesAsTheyCome() {
        Point c16 = METHODS.point("c16");
        List<Slice> slices = send(PICTURE, c16).slices();
        Decoding decoding = edge.begin(c16, slices.size(), 1);
        slices.forEach(slice -> decoding.add(List.of(slice)));
        assertArrayEquals(decode(slices, c16).values(), ((TokenSet) decoding.evidence()).values());
    }

    @Test
    void refusesAPointThatThePackDoesNotKnow() {
        Point op = METHODS.point("c16");
        TofcKnobs good = knobs(op);
        for (Point wrong : List.of(METHODS.point("raw-c16"), with(op, 16, 0.3f, 0),
                with(op, 257, good.step(), good.scaleShift()), with(op, 0, good.step(), good.scaleShift()))) {
            assertThrows(IllegalArgumentException.class, () -> send(PICTURE, wrong));
        }
    }

    private static Point with(Point op, int clusters, float step, int shift) {
        return new Point(op.id(), "x", "tofc", new TofcKnobs(clusters, 5, step, shift, 0));
    }
}
