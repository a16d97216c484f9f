package dev.tandem.method.bottleneck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.engine.Engine;
import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.image.ImageReader;
import dev.tandem.image.RgbImage;
import dev.tandem.method.Decoding;
import dev.tandem.method.DeviceHalf;
import dev.tandem.method.EdgeHalf;
import dev.tandem.method.GoldenReplay;
import dev.tandem.method.GoldenResult;
import dev.tandem.method.Head;
import dev.tandem.method.HeadLimits;
import dev.tandem.method.HeadSection;
import dev.tandem.method.Host;
import dev.tandem.method.Look;
import dev.tandem.method.Need;
import dev.tandem.method.Point;
import dev.tandem.method.Reading;
import dev.tandem.method.Slice;
import dev.tandem.method.SliceLimits;
import dev.tandem.method.TinyPack;
import dev.tandem.method.latent.LatentMap;
import dev.tandem.method.latent.LatentShape;
import dev.tandem.task.Answer;
import dev.tandem.task.Part;
import dev.tandem.task.Sink;
import dev.tandem.task.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BottleneckTest {
    private static final Task CLASSIFY = new Task.Classify(5);
    private static final RgbImage PICTURE = TinyBottleneck.picture(3);
    private static final Point COARSE = TinyBottleneck.METHODS.point("coarse");
    private static final Point FINE = TinyBottleneck.METHODS.point("fine");
    private static Engine engine;
    private static Host host;
    private static DeviceHalf device;
    private static EdgeHalf edge;

    @BeforeAll
    static void open() {
        engine = TinyPack.engine();
        host = Host.of(engine);
        device = TinyBottleneck.METHODS.section("bottleneck").device(host);
        edge = TinyBottleneck.METHODS.section("bottleneck").edge(host);
    }

    @AfterAll
    static void close() {
        if (engine != null) {
            device.close();
            edge.close();
            engine.close();
        }
    }

    private static Look.Send send(Point point) {
        return (Look.Send) device.look(PICTURE, point, CLASSIFY);
    }

    private static LatentMap decode(List<Slice> slices, Point point, int announced) {
        Decoding decoding = edge.begin(point, announced, 1);
        decoding.add(slices);
        return (LatentMap) decoding.evidence();
    }

    @SuppressWarnings("unchecked")
    private static Answer ask(String head, Task task, LatentMap map) {
        HeadSection<LatentMap> section = (HeadSection<LatentMap>) TinyBottleneck.HEADS
                .choose(head, task, LatentMap.class).orElseThrow();
        Answer answer = new Answer();
        try (Head<LatentMap> opened = section.open(host, HeadLimits.defaults())) {
            opened.check(map, task);
            try (Reading reading = opened.read(map)) {
                reading.answer(task, new Sink() {
                    @Override
                    public void part(Part part) {
                        answer.add(part);
                    }

                    @Override
                    public boolean cancelled() {
                        return false;
                    }
                });
                assertTrue(reading.bytes() > 0);
                assertEquals(1, reading.stageNanos().size());
            }
        }
        return answer;
    }

    private static List<Float> probabilities(Answer answer) {
        return answer.labels().stream().map(label -> label.probability()).toList();
    }

    @Test
    void theGoldenVectorsPass() {
        List<GoldenResult> results = new ArrayList<>(GoldenReplay.run(TinyBottleneck.METHODS, host));
        results.addAll(GoldenReplay.run(TinyBottleneck.HEADS, host));
        results.forEach(result -> assertTrue(result.passed(), result.toString()));
        assertEquals(List.of("coarse", "coarse-b4", "fine"), results.stream().filter(r -> r.kind().equals("codec"))
                .map(GoldenResult::subject).sorted().toList());
    }

    /** The same bits, two backbones and a picture for a person. */
    @Test
    void onePictureIsAnsweredByEveryHead() throws IOException {
        Look.Send sent = send(COARSE);
        assertEquals(List.of("prepare", "encode", "coding"), List.copyOf(sent.stageNanos().keySet()));
        assertEquals(Need.ANY, sent.need());
        assertEquals(sent.slices().size(), sent.units());
        LatentMap map = decode(sent.slices(), COARSE, sent.slices().size());
        assertEquals(new LatentShape(48, 8, 12), map.shape());
        assertEquals("coarse", map.rung());
        Answer mean = ask("mean", CLASSIFY, map);
        Answer peak = ask("peak", CLASSIFY, map);
        assertEquals(List.of("ant", "bee", "cat", "dog", "emu"),
                mean.labels().stream().map(label -> label.name()).sorted().toList());
        assertNotEquals(probabilities(mean), probabilities(peak));
        assertEquals(probabilities(mean), probabilities(ask("", CLASSIFY, map)), "the first is the one unasked");
        for (int[] size : new int[][]{{1000, 96, 64}, {96, 96, 64}, {48, 48, 32}, {10, 10, 7}, {1, 1, 1}}) {
            Part.Picture picture = ask("person", new Task.Preview(size[0]), map).picture();
            assertEquals("image/jpeg", picture.type());
            RgbImage read = ImageReader.read("jpeg", 1 << 20, picture.file(), "of the test");
            assertEquals(size[1] + " x " + size[2], read.width() + " x " + read.height());
        }
    }

    @Test
    void aRungHasItsOwnGraph() {
        LatentMap fine = decode(send(FINE).slices(), FINE, send(FINE).slices().size());
        LatentMap other = new LatentMap(fine.values(), fine.shape(), "coarse", fine.here(), fine.total());
        assertNotEquals(probabilities(ask("peak", CLASSIFY, fine)), probabilities(ask("peak", CLASSIFY, other)));
        assertEquals(probabilities(ask("mean", CLASSIFY, fine)), probabilities(ask("mean", CLASSIFY, other)));
    }

    @Test
    void anySubsetOfBandsIsAnswered() {
        Point four = TinyBottleneck.METHODS.point("coarse-b4");
        List<Slice> slices = send(four).slices();
        assertEquals(4, slices.size());
        LatentMap whole = decode(send(COARSE).slices(), COARSE, send(COARSE).slices().size());
        assertArrayEquals(whole.values(), decode(slices, four, 4).values());
        for (int mask = 1; mask < 16; mask++) {
            List<Slice> subset = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                if ((mask >> i & 1) == 1) {
                    subset.add(slices.get(i));
                }
            }
            Collections.shuffle(subset, new Random(mask));
            LatentMap map = decode(subset, four, 4);
            assertEquals(BitSet.valueOf(new long[]{mask}), map.here());
            assertEquals(4, map.total());
            for (int i = 0; i < whole.values().length; i++) {
                boolean here = (mask >> i / 12 % 8 % 4 & 1) == 1;
                assertEquals(here ? whole.values()[i] : 0, map.values()[i]);
            }
            assertEquals(5, ask("mean", CLASSIFY, map).labels().size());
        }
    }

    @Test
    void slicesKeepToTheHostsPayloadAndGiveTheSameBytesEachTime() {
        Host narrow = new Host(engine, MemoryAccount.process(), new SliceLimits(200, 3));
        try (DeviceHalf small = TinyBottleneck.METHODS.section("bottleneck").device(narrow)) {
            Look.Send sent = (Look.Send) small.look(PICTURE, FINE, CLASSIFY);
            assertTrue(sent.slices().size() > 3);
            assertTrue(sent.slices().stream().allMatch(slice -> slice.bytes().length <= 200));
            List<byte[]> first = sent.slices().stream().map(Slice::bytes).toList();
            small.look(TinyBottleneck.picture(4), COARSE, CLASSIFY);
            Look.Send again = (Look.Send) small.look(PICTURE, FINE, CLASSIFY);
            assertArrayEquals(first.toArray(), again.slices().stream().map(Slice::bytes).toArray());
        }
    }

    @Test
    void dropsSlicesOfAnotherRungAndRefusesWhatThePackHasNot() {
        List<Slice> fine = send(FINE).slices();
        assertThrows(CorruptBitstreamException.class, () -> decode(fine, COARSE, fine.size()));
        for (Point wrong : List.of(point(2, "fine"), point(9, "coarse"), point(2, "finest"))) {
            String device = assertThrows(IllegalArgumentException.class, () -> send(wrong)).getMessage();
            String edge = assertThrows(IllegalArgumentException.class, () -> decode(fine, wrong, 1)).getMessage();
            assertEquals(device, edge);
            assertTrue(device.contains("[fine, coarse]"), device);
        }
        assertThrows(IllegalArgumentException.class,
                () -> send(new Point(2, "x", "tofc", new dev.tandem.method.Knobs() {
                })));
        assertEquals(7, send(new Point(2, "coarse", "bottleneck", new BottleneckKnobs("coarse", 7))).slices().size());
    }

    private static Point point(int id, String rung) {
        return new Point(id, "x", "bottleneck", new BottleneckKnobs(rung, 0));
    }

    @Test
    void aHeadRefusesAMapThatItsGraphCannotRead() {
        LatentShape other = new LatentShape(47, 8, 12);
        LatentMap map = new LatentMap(new float[other.values()], other, "coarse", new BitSet(), 1);
        for (String head : List.of("mean", "peak")) {
            assertTrue(assertThrows(IllegalArgumentException.class, () -> ask(head, CLASSIFY, map)).getMessage()
                    .contains("reads 48 channels"));
        }
        assertThrows(IllegalArgumentException.class, () -> ask("person", new Task.Preview(10), map));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> ask("mean", CLASSIFY, null)).getMessage()
                .contains("without a picture"));
    }

    @Test
    void whatAHalfHoldsIsCountedAndGivenBack() {
        MemoryAccount memory = new MemoryAccount("test", 1 << 28);
        Host counted = new Host(engine, memory, SliceLimits.defaults());
        try (DeviceHalf one = TinyBottleneck.METHODS.section("bottleneck").device(counted);
                EdgeHalf other = TinyBottleneck.METHODS.section("bottleneck").edge(counted)) {
            List<Slice> slices = ((Look.Send) one.look(PICTURE, FINE, CLASSIFY)).slices();
            other.begin(FINE, slices.size(), 1).add(slices);
            long held = memory.reservedBytes();
            one.look(PICTURE, FINE, CLASSIFY);
            assertEquals(held, memory.reservedBytes());
        }
        assertEquals(0, memory.reservedBytes());
    }
}
