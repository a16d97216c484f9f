package dev.tandem.method.patches;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.image.RgbImage;
import dev.tandem.method.Decoding;
import dev.tandem.method.EdgeHalf;
import dev.tandem.method.Host;
import dev.tandem.method.PackMethods;
import dev.tandem.method.PlainSlice;
import dev.tandem.method.Point;
import dev.tandem.method.Slice;
import dev.tandem.method.SliceLimits;
import dev.tandem.method.patches.codec.TransformFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Slices to patches: any subset, any order, and what a stranger may send instead. */
class PatchDecodingTest {
    private static final PatchGrid GRID = new PatchGrid(5, 4, 8);
    private static final String[] POINTS = {"patches-e0-sum1-rgb", "patches-e0-sum1-jpeg-q70",
            "patches-e0-sum1-transform-s3-x111"};
    private static final PackMethods METHODS = methods();

    private static PackMethods methods() {
        try {
            PatchPack pack = new PatchPack(Files.createTempDirectory("patches"), 5, 4, 8);
            pack.files.write("codec/patches.bin", TransformFiles.drawn(8, 3, 40, 5)).set("/methods/patches/transform",
                    "\"codec/patches.bin\"");
            return PackMethods.of(pack.open());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Point point(String name) {
        return METHODS.point(name);
    }

    private static EdgeHalf edge() {
        return METHODS.section("patches").edge(Host.of(null));
    }

    /** A map and slices of chosen patches, as the device makes them. */
    private static List<Slice> slices(Point point, int[] chosen, RgbImage picture, SliceLimits limits) {
        PatchKnobs knobs = point.knobs(PatchKnobs.class);
        try (PatchCodes codes = ((PatchesSection) METHODS.section("patches")).codes(Host.of(null))) {
            byte[][] patches = Arrays.stream(chosen).mapToObj(i -> GRID.cut(picture, i)).toArray(byte[][]::new);
            List<Slice> slices = new ArrayList<>();
            slices.add(new Slice(0, 0, map(point, knobs.code(), chosen)));
            for (byte[] slice : new PatchSlicer(chosen, codes.of(knobs.coding()).coded(patches), limits).slices()) {
                slices.add(new Slice(slices.size(), 0, slice));
            }
            return slices;
        }
    }

    private static byte[] map(Point point, Code code, int... chosen) {
        BitSet map = new BitSet();
        Arrays.stream(chosen).forEach(map::set);
        return new PatchMap(point.id(), code, new Guess(new int[]{2}, new int[]{99}), map).write();
    }

    private static PatchSet decoded(EdgeHalf edge, Point point, List<Slice> slices) {
        Decoding decoding = edge.begin(point, 21, 1);
        slices.forEach(slice -> decoding.add(List.of(slice)));
        return (PatchSet) decoding.evidence();
    }

    private static int[] places(byte[] slice) {
        return PatchSlice.read(slice).positions();
    }

    @Property(tries = 150)
    void anySubsetInAnyOrderGivesThePatchesItHolds(@ForAll @IntRange(min = 0, max = 2) int code,
            @ForAll @IntRange(min = 1, max = 20) int count, @ForAll @IntRange(min = 1, max = 9) int least,
            @ForAll long seed) {
        Random random = new Random(seed);
        Point point = point(POINTS[code]);
        RgbImage picture = PatchPack.smooth(GRID, seed);
        int[] chosen = Selection.of(Rule.RANDOM, new double[20], count, seed);
        SliceLimits limits = new SliceLimits(400 + random.nextInt(700), least);
        List<Slice> all = slices(point, chosen, picture, limits);
        assertTrue(all.size() - 1 >= Math.min(least, count));
        assertTrue(all.stream().allMatch(slice -> slice.bytes().length <= limits.payloadBytes()));
        List<Slice> came = new ArrayList<>(all.subList(1, all.size()));
        Collections.shuffle(came, random);
        came = new ArrayList<>(came.subList(0, 1 + random.nextInt(came.size())));
        int[] expected = came.stream().flatMapToInt(slice -> IntStream.of(places(slice.bytes()))).sorted().toArray();
        came.add(random.nextInt(came.size() + 1), all.get(0));
        try (EdgeHalf edge = edge()) {
            PatchSet set = decoded(edge, point, came);
            PatchSet inOrder = decoded(edge, point, all);
            assertArrayEquals(expected, set.positions());
            assertEquals(expected.length, set.used());
            assertEquals(count, set.total());
            assertArrayEquals(Arrays.stream(chosen).sorted().toArray(), inOrder.positions());
            assertEquals(99, set.guess().probabilities()[0]);
            for (int i = 0; i < expected.length; i++) {
                int place = expected[i];
                assertArrayEquals(inOrder.rgb()[Arrays.binarySearch(inOrder.positions(), place)], set.rgb()[i]);
                byte[] sent = GRID.cut(picture, place);
                for (int d = 0; d < sent.length && code == 0; d++) {
                    assertEquals(sent[d], set.rgb()[i][d]);
                }
                assertEquals(GRID.bytes(), set.rgb()[i].length);
            }
        }
    }

    /** The first slices hold the first patches of the order; within one they lie in raster order. */
    @Test
    void importanceDecidesTheSlice() {
        int[] order = {19, 0, 7, 3, 12, 5};
        List<Slice> slices = slices(point(POINTS[0]), order, PatchPack.noise(GRID, 1), new SliceLimits(400, 1));
        assertEquals(List.of("[0, 19]", "[3, 7]", "[5, 12]"), slices.stream().skip(1)
                .map(slice -> Arrays.toString(places(slice.bytes()))).toList());
        slices = slices(point(POINTS[0]), order, PatchPack.noise(GRID, 1), new SliceLimits(1100, 4));
        assertEquals(6, slices.size() - 1);
        slices = slices(point(POINTS[1]), order, PatchPack.smooth(GRID, 1), new SliceLimits(1100, 1));
        assertEquals(List.of("[0, 3, 5, 7, 12, 19]"), slices.stream().skip(1)
                .map(slice -> Arrays.toString(places(slice.bytes()))).toList());
    }

    @Test
    void aPatchThatFitsNoSliceIsAnError() {
        Point rgb = point(POINTS[0]);
        SliceLimits exact = new SliceLimits(2 + 1 + 192 + 4, 1);
        assertEquals(4, slices(rgb, new int[]{1, 2, 3}, PatchPack.noise(GRID, 1), exact).size());
        SliceLimits small = new SliceLimits(exact.payloadBytes() - 1, 1);
        String words = assertThrows(IllegalArgumentException.class,
                () -> slices(rgb, new int[]{1, 2, 3}, PatchPack.noise(GRID, 1), small)).getMessage();
        assertTrue(words.contains("[198]") && words.contains("needed 199"), words);
    }

    @Test
    void withoutMapOrPatchThereIsNothing() {
        Point point = point(POINTS[0]);
        List<Slice> all = slices(point, new int[]{3, 4}, PatchPack.noise(GRID, 2), new SliceLimits(1100, 2));
        try (EdgeHalf edge = edge()) {
            for (List<Slice> came : List.of(List.<Slice>of(), all.subList(0, 1), all.subList(1, 3))) {
                String words = assertThrows(CorruptBitstreamException.class, () -> decoded(edge, point, came))
                        .getMessage();
                assertTrue(words.contains(came.size() == 1 ? "[no patch]" : "[no map]"), words);
            }
            assertThrows(IllegalArgumentException.class, () -> edge.begin(point, 3, 2));
            assertThrows(IllegalArgumentException.class, () -> edge.begin(point, 22, 1));
        }
    }

    /** Each contradiction beside a good picture: it is dropped, the rest stays. */
    @Test
    void whatContradictsIsDropped() {
        Point point = point(POINTS[0]);
        RgbImage picture = PatchPack.noise(GRID, 3);
        List<Slice> good = slices(point, new int[]{2, 9, 17}, picture, new SliceLimits(1100, 3));
        byte[] patch = GRID.cut(picture, 1);
        byte[] two = Arrays.copyOf(patch, 2 * patch.length);
        List<Slice> bad = List.of(new Slice(0, 0, map(point, Code.RGB, 1)), new Slice(5, 0, good.get(0).bytes()),
                new Slice(6, 1, good.get(1).bytes()), new Slice(7, 0, PatchSlice.write(new int[]{1}, patch)),
                new Slice(8, 0, PatchSlice.write(new int[]{2, 1}, two)),
                new Slice(9, 0, PatchSlice.write(new int[]{2, 3}, two)),
                new Slice(10, 0, PatchSlice.write(new int[]{2}, patch)),
                new Slice(11, 0, PatchSlice.write(new int[]{200}, patch)),
                new Slice(12, 0, PatchSlice.write(new int[]{9}, two)),
                new Slice(13, 0, PatchSlice.write(new int[]{9}, new byte[0])), new Slice(14, 0, new byte[0]),
                new Slice(15, 0, new byte[70_000]), new Slice(0, 0, good.get(1).bytes()));
        try (EdgeHalf edge = edge()) {
            List<Slice> behind = new ArrayList<>(good);
            behind.addAll(bad);
            List<Slice> between = new ArrayList<>(good.subList(0, 3));
            between.addAll(bad);
            between.add(good.get(3));
            for (List<Slice> came : List.of(behind, between)) {
                PatchSet set = decoded(edge, point, came);
                assertArrayEquals(new int[]{2, 9, 17}, set.positions());
                for (int i = 0; i < 3; i++) {
                    assertArrayEquals(GRID.cut(picture, set.positions()[i]), set.rgb()[i]);
                }
            }
        }
    }

    /** A damaged slice takes no place: a good one for the same patches counts, whichever comes first. */
    @Test
    void theFirstGoodOneWins() {
        Point point = point(POINTS[0]);
        RgbImage picture = PatchPack.noise(GRID, 4);
        byte[] other = GRID.cut(PatchPack.noise(GRID, 5), 2);
        Slice map = new Slice(0, 0, map(point, Code.RGB, 2));
        Slice first = new Slice(1, 0, PatchSlice.write(new int[]{2}, GRID.cut(picture, 2)));
        Slice second = new Slice(2, 0, PatchSlice.write(new int[]{2}, other));
        Slice broken = new Slice(3, 0, PatchSlice.write(new int[]{2}, Arrays.copyOf(other, 100)));
        try (EdgeHalf edge = edge()) {
            assertArrayEquals(GRID.cut(picture, 2), decoded(edge, point, List.of(map, first, second)).rgb()[0]);
            assertArrayEquals(other, decoded(edge, point, List.of(map, broken, second, first)).rgb()[0]);
            assertArrayEquals(other, decoded(edge, point, List.of(second, broken, first, map)).rgb()[0]);
        }
    }

    @Test
    void aMapOfAnotherPointOrCodeIsNone() {
        Point all = point("all");
        RgbImage picture = PatchPack.noise(GRID, 6);
        List<Slice> good = slices(all, new int[]{2, 9}, picture, SliceLimits.defaults());
        try (EdgeHalf edge = edge()) {
            assertEquals(2, decoded(edge, all, good).used());
            assertThrows(CorruptBitstreamException.class, () -> decoded(edge, point("half"), good));
            assertThrows(CorruptBitstreamException.class, () -> decoded(edge, point(POINTS[0]), good));
            Slice jpeg = new Slice(0, 0, map(all, Code.JPEG, 2, 9));
            assertThrows(CorruptBitstreamException.class, () -> decoded(edge, all, List.of(jpeg, good.get(1))));
        }
    }

    /** Slices that are well formed around bad payloads cost a picture's patches twice at most, then none. */
    @Test
    void nobodyMakesItDecodeForEver() {
        Point point = point(POINTS[0]);
        int[] every = IntStream.range(0, 20).toArray();
        try (EdgeHalf edge = edge()) {
            Decoding decoding = edge.begin(point, 21, 1);
            decoding.add(List.of(new Slice(0, 0, map(point, Code.RGB, every))));
            Slice bad = new Slice(1, 0, PatchSlice.write(every, new byte[20 * GRID.bytes() - 1]));
            Slice good = new Slice(1, 0, PatchSlice.write(new int[]{0}, new byte[GRID.bytes()]));
            decoding.add(List.of(bad));
            decoding.add(List.of(bad));
            decoding.add(List.of(good));
            assertThrows(CorruptBitstreamException.class, decoding::evidence);
            Decoding waiting = edge.begin(point, 21, 1);
            for (int i = 0; i < 500; i++) {
                waiting.add(List.of(good));
            }
            waiting.add(List.of(new Slice(0, 0, map(point, Code.RGB, every))));
            assertEquals(1, ((PatchSet) waiting.evidence()).used());
        }
    }

    /** Cut, flipped with the check made right again, and drawn: always dropped or decoded, never another error. */
    @Property(tries = 600)
    void hostileSlicesAreDroppedOrDecoded(@ForAll @IntRange(min = 0, max = 2) int code, @ForAll long seed) {
        Random random = new Random(seed);
        Point point = point(POINTS[code]);
        int[] chosen = Selection.of(Rule.RANDOM, new double[20], 1 + random.nextInt(20), seed);
        List<Slice> came = new ArrayList<>();
        for (Slice slice : slices(point, chosen, PatchPack.smooth(GRID, seed % 7), new SliceLimits(600, 3))) {
            came.add(new Slice(slice.index(), 0, random.nextInt(3) == 0 ? slice.bytes() : hostile(slice, random)));
        }
        Collections.shuffle(came, random);
        try (EdgeHalf edge = edge()) {
            PatchSet set = decoded(edge, point, came);
            assertTrue(set.used() >= 1 && set.used() <= set.total() && set.total() <= 20);
            for (byte[] patch : set.rgb()) {
                assertEquals(GRID.bytes(), patch.length);
            }
        } catch (CorruptBitstreamException e) {
            assertTrue(e.getMessage().startsWith("corrupt "), e.getMessage());
        }
    }

    private static byte[] hostile(Slice slice, Random random) {
        byte[] body = Arrays.copyOf(slice.bytes(), slice.bytes().length - PlainSlice.CRC_BYTES);
        int changes = random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int at = random.nextBoolean() ? random.nextInt(body.length) : random.nextInt(Math.min(40, body.length));
            body[at] = random.nextBoolean() ? (byte) random.nextInt(256) : (byte) (body[at] ^ 1 << random.nextInt(8));
        }
        int length = random.nextInt(3) == 0 ? 1 + random.nextInt(body.length) : body.length + random.nextInt(3);
        body = Arrays.copyOf(body, length);
        byte kind = body[0];
        return random.nextInt(8) == 0
                ? body
                : PlainSlice.seal(PlainSlice.start(kind, length).put(body, 1, length - 1));
    }
}
