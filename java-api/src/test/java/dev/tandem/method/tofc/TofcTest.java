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
import dev.tandem.method.DeviceMethod;
import dev.tandem.method.EdgeMethod;
import dev.tandem.method.EncodedPicture;
import dev.tandem.method.Methods;
import dev.tandem.method.SliceLimits;
import dev.tandem.method.Stopwatch;
import dev.tandem.method.TinyPack;
import dev.tandem.method.tokens.TokenSet;
import dev.tandem.method.tokens.VisionEncoder;
import dev.tandem.pack.OperatingPoint;
import dev.tandem.pack.Pack;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TofcTest {
    private static final Pack PACK = TinyPack.pack();
    private static final RgbImage PICTURE = TinyPack.picture(11);
    private static Engine engine;
    private static DeviceMethod device;
    private static EdgeMethod edge;

    @BeforeAll
    static void open() {
        engine = TinyPack.engine();
        device = Methods.device("tofc", PACK, engine, new SliceLimits(1100, 4));
        edge = Methods.edge("tofc", PACK, null);
    }

    @AfterAll
    static void close() {
        if (engine != null) {
            device.close();
            edge.close();
            engine.close();
        }
    }

    private static float[] merged(OperatingPoint op) {
        try (VisionEncoder encoder = new VisionEncoder(PACK, engine);
                TokenClusterer clusterer = TokenClusterer.best(new MemoryAccount("test", 1 << 28))) {
            encoder.encode(PICTURE, new Stopwatch());
            return encoder.merged(clusterer, op.clusters(), op.neighbours());
        }
    }

    @Test
    void bringsTheMergedTokensWithinHalfAStep() {
        for (String name : List.of("c8", "c16", "c16-fine", "c32")) {
            OperatingPoint op = PACK.operatingPoint(name);
            EncodedPicture sent = device.encode(PICTURE, op);
            TokenSet got = edge.decode(sent.slices(), op);
            assertEquals(op.clusters(), got.count());
            assertEquals(op.clusters(), got.total());
            assertEquals(op.clusters(), sent.tokens());
            float[] merged = merged(op);
            for (int i = 0; i < merged.length; i++) {
                assertEquals(merged[i], got.values()[i], op.step() * 0.5001, name + " value " + i);
            }
            assertTrue(sent.slices().stream().allMatch(s -> s.length <= 1100));
            assertEquals(List.of("prepare", "encoder", "merge", "analysis", "coding"),
                    List.copyOf(sent.stageNanos().keySet()));
        }
    }

    @Test
    void givesTheSameBytesEachTime() {
        OperatingPoint op = PACK.operatingPoint("c8");
        List<byte[]> first = device.encode(PICTURE, op).slices();
        device.encode(TinyPack.picture(12), PACK.operatingPoint("c16"));
        assertArrayEquals(first.toArray(), device.encode(PICTURE, op).slices().toArray());
    }

    @Test
    void bringsTheTokensOfAnySubsetInAnyOrder() {
        OperatingPoint op = PACK.operatingPoint("c16");
        List<byte[]> slices = device.encode(PICTURE, op).slices();
        assertTrue(slices.size() >= 4);
        TokenSet all = edge.decode(slices, op);
        List<TokenSet> single = slices.stream().map(s -> edge.decode(List.of(s), op)).toList();
        assertEquals(16, single.stream().mapToInt(TokenSet::count).sum());
        for (int mask = 1; mask < 1 << slices.size(); mask++) {
            List<byte[]> subset = new ArrayList<>();
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
            TokenSet got = edge.decode(subset, op);
            assertArrayEquals(expected, got.values());
            assertEquals(16, got.total());
        }
        assertEquals(16, all.count());
    }

    @Test
    void dropsADamagedSliceAndRefusesOnlyWhenNoneIsLeft() {
        OperatingPoint op = PACK.operatingPoint("c16");
        List<byte[]> slices = new ArrayList<>(device.encode(PICTURE, op).slices());
        int whole = edge.decode(slices.subList(1, slices.size()), op).count();
        byte[] damaged = slices.get(0).clone();
        damaged[damaged.length / 2] ^= 4;
        slices.set(0, damaged);
        assertEquals(whole, edge.decode(slices, op).count());
        assertThrows(CorruptBitstreamException.class, () -> edge.decode(List.of(damaged), op));
        assertThrows(IllegalArgumentException.class, () -> edge.decode(List.of(), op));
    }

    @Test
    void dropsSlicesOfAnotherPointOrPicture() {
        OperatingPoint c16 = PACK.operatingPoint("c16");
        List<byte[]> slices = device.encode(PICTURE, c16).slices();
        List<byte[]> other = device.encode(PICTURE, PACK.operatingPoint("c8")).slices();
        List<byte[]> mixed = new ArrayList<>(slices);
        mixed.addAll(other);
        assertEquals(16, edge.decode(mixed, c16).count());
        assertThrows(CorruptBitstreamException.class, () -> edge.decode(other, c16));
    }

    @Test
    void cutsIntoAsManySlicesAsThePointAsks() {
        OperatingPoint c16 = PACK.operatingPoint("c16");
        OperatingPoint eight = new OperatingPoint(c16.id(), "c16", "tofc", 16, 5, c16.step(), c16.scaleShift(), null, 0,
                8);
        List<byte[]> slices = device.encode(PICTURE, eight).slices();
        assertTrue(slices.size() >= 8, "found " + slices.size());
        assertEquals(16, edge.decode(slices, eight).count());
    }

    @Test
    void refusesAPointThatThePackDoesNotKnow() {
        OperatingPoint op = PACK.operatingPoint("c16");
        for (OperatingPoint wrong : List.of(OperatingPoint.raw(16), OperatingPoint.tofc(op.id(), "x", 16, 0.3f, 0),
                OperatingPoint.tofc(op.id(), "x", 257, op.step(), op.scaleShift()),
                OperatingPoint.tofc(op.id(), "x", 0, op.step(), op.scaleShift()))) {
            assertThrows(IllegalArgumentException.class, () -> device.encode(PICTURE, wrong));
        }
    }
}
