package dev.tandem.method.patches;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.engine.Engine;
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
import dev.tandem.method.PackHeads;
import dev.tandem.method.PackMethods;
import dev.tandem.method.Point;
import dev.tandem.method.Reading;
import dev.tandem.method.Slice;
import dev.tandem.method.TinyPack;
import dev.tandem.pack.Pack;
import dev.tandem.task.Answer;
import dev.tandem.task.Label;
import dev.tandem.task.Part;
import dev.tandem.task.Sink;
import dev.tandem.task.Task;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole way over the drawn networks that ship for tests, with a real engine. */
class TinyPatchesTest {
    private static final Task TASK = new Task.Classify(10);
    private static final Pack PACK = Pack.open(Path.of("..", "models", "tiny-patches"));
    private static final PackMethods METHODS = PackMethods.of(PACK);
    private Engine engine;
    private DeviceHalf device;
    private EdgeHalf edge;
    private Head<PatchSet> head;

    @BeforeEach
    @SuppressWarnings("unchecked")
    void open() {
        engine = TinyPack.engine();
        device = METHODS.section("patches").device(Host.of(engine));
        edge = METHODS.section("patches").edge(Host.of(engine));
        head = ((HeadSection<PatchSet>) PackHeads.of(PACK).choose("", TASK, PatchSet.class).orElseThrow())
                .open(Host.of(engine), HeadLimits.defaults());
    }

    @AfterEach
    void close() {
        if (engine != null && head != null) {
            head.close();
            edge.close();
            device.close();
            engine.close();
        }
    }

    private PatchSet arrived(Point point, List<Slice> slices, int announced) {
        Decoding decoding = edge.begin(point, announced, 1);
        slices.forEach(slice -> decoding.add(List.of(slice)));
        return (PatchSet) decoding.evidence();
    }

    private List<Label> labels(PatchSet set) {
        try (var reading = head.read(set)) {
            return labels(reading);
        }
    }

    private static List<Label> labels(Reading reading) {
        Answer answer = new Answer();
        reading.answer(TASK, new Sink() {
            @Override
            public void part(Part part) {
                answer.add(part);
            }

            @Override
            public boolean cancelled() {
                return false;
            }
        });
        return answer.labels();
    }

    @Test
    void everyGoldenVectorPasses() {
        List<GoldenResult> results = Stream.concat(GoldenReplay.run(METHODS, Host.of(engine)).stream(),
                GoldenReplay.run(PackHeads.of(PACK), Host.of(engine)).stream()).toList();
        assertTrue(results.stream().anyMatch(result -> result.kind().equals("codec")), "the transform's");
        assertTrue(results.stream().anyMatch(result -> result.subject().contains("/attention")), "the classifier's");
        results.forEach(result -> assertTrue(result.passed(), result.toString()));
    }

    @Test
    void sureAndUnsurePoints() {
        RgbImage picture = TinyPack.picture(7);
        Look.Here here = assertInstanceOf(Look.Here.class, device.look(picture, METHODS.point("here"), TASK));
        Look.Send all = assertInstanceOf(Look.Send.class, device.look(picture, METHODS.point("all"), TASK));
        assertEquals(here.answer(), all.fallback());
        assertEquals(10, ((Part.Labels) here.answer().get(0)).best().size());
    }

    /** Everything sent as it is: the head sees the patches of the prepared picture, and the order changes nothing. */
    @Test
    void theWholePictureAsItIs() {
        Point whole = METHODS.point("whole");
        Look.Send send = (Look.Send) device.look(TinyPack.picture(8), whole, TASK);
        assertEquals(256, send.units());
        List<Slice> shuffled = new ArrayList<>(send.slices());
        Collections.shuffle(shuffled, new Random(1));
        PatchSet set = arrived(whole, shuffled, shuffled.size());
        assertEquals(256, set.used());
        List<Label> labels = labels(set);
        double sum = labels.stream().mapToDouble(Label::probability).sum();
        assertEquals(1, sum, 1e-5);
        assertEquals(labels, labels(arrived(whole, send.slices(), shuffled.size())));
    }

    @Test
    void everyPointAnswersFromWhatCame() {
        RgbImage picture = TinyPack.picture(9);
        List<Point> points = new ArrayList<>(METHODS.points());
        for (String name : List.of("patches-e0-top100-rgb", "patches-e0-sum0.97-jpeg-q30", "patches-e0-random40-rgb",
                "patches-e0-sum-over0.6-rollout-transform-s24-x-98-f0.5", "patches-e0-threshold0.004-jpeg-q75-g0")) {
            points.add(METHODS.point(name));
        }
        for (Point point : points) {
            if (device.look(picture, point, TASK) instanceof Look.Send send) {
                assertTrue(send.slices().stream().allMatch(slice -> slice.bytes().length <= 1100), point.name());
                PatchSet set = arrived(point, send.slices(), send.slices().size());
                assertEquals(send.units(), set.used(), point.name());
                assertEquals(10, labels(set).size(), point.name());
                List<Slice> two = send.slices().subList(0, 2);
                PatchSet some = arrived(point, two, send.slices().size());
                assertTrue(some.used() <= set.used() && some.total() == set.used(), point.name());
                assertEquals(10, labels(some).size(), point.name());
            }
        }
    }

    /** A JPEG shows the head almost what bytes show it, for fewer bytes; a guess that is fused changes the answer. */
    @Test
    void codesDifferInBytesAndLittleElse() {
        RgbImage picture = PatchPack.smooth(new PatchGrid(16, 16, 14), 10);
        Point rgb = METHODS.point("patches-e0-top80-rgb");
        Point jpeg = METHODS.point("patches-e0-top80-jpeg-q95");
        Look.Send sent = (Look.Send) device.look(picture, rgb, TASK);
        Look.Send small = (Look.Send) device.look(picture, jpeg, TASK);
        assertTrue(small.bytes() < sent.bytes() / 4, small.bytes() + " bytes for " + sent.bytes());
        PatchSet exact = arrived(rgb, sent.slices(), sent.slices().size());
        PatchSet near = arrived(jpeg, small.slices(), small.slices().size());
        assertArrayEquals(exact.positions(), near.positions());
        long off = 0;
        for (int i = 0; i < exact.used(); i++) {
            for (int d = 0; d < exact.rgb()[i].length; d++) {
                off += Math.abs((exact.rgb()[i][d] & 0xff) - (near.rgb()[i][d] & 0xff));
            }
        }
        assertTrue(off < 3L * exact.used() * exact.rgb()[0].length, "grey levels off in all: " + off);
        Point fused = METHODS.point("patches-e0-top80-rgb-f1");
        Look.Send guessed = (Look.Send) device.look(picture, fused, TASK);
        assertNotEquals(labels(exact), labels(arrived(fused, guessed.slices(), guessed.slices().size())));
    }

    @Test
    void aPictureLooksTheSameTwice() {
        Point point = METHODS.point("all");
        Look.Send first = (Look.Send) device.look(TinyPack.picture(11), point, TASK);
        Look.Send second = (Look.Send) device.look(TinyPack.picture(11), point, TASK);
        assertEquals(first.slices().size(), second.slices().size());
        for (int i = 0; i < first.slices().size(); i++) {
            assertArrayEquals(first.slices().get(i).bytes(), second.slices().get(i).bytes());
        }
    }

    /** Sums of a batch may be added in another order. */
    @Test
    void severalPicturesInOneRunGetWhatEachGetsAlone() {
        Point point = METHODS.point("patches-e0-top40-rgb-f0.5");
        List<PatchSet> sets = new ArrayList<>();
        for (int seed = 1; seed <= 5; seed++) {
            Look.Send look = (Look.Send) device.look(TinyPack.picture(seed), point, TASK);
            sets.add(arrived(point, look.slices(), look.slices().size()));
        }
        sets.forEach(set -> assertEquals(40, head.alike(set)));
        List<Reading> together = head.readTogether(sets);
        for (int i = 0; i < sets.size(); i++) {
            List<Label> alone = labels(sets.get(i));
            List<Label> read = labels(together.get(i));
            for (int j = 0; j < alone.size(); j++) {
                assertEquals(alone.get(j).name(), read.get(j).name());
                assertEquals(alone.get(j).probability(), read.get(j).probability(), 1e-5);
            }
            together.get(i).close();
        }
        assertTrue(together.get(0).stageNanos().get("label") > 0);
        assertEquals(0, together.get(1).stageNanos().get("label"));
    }
}
