package dev.tandem.method.patches;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.image.RgbImage;
import dev.tandem.method.DeviceHalf;
import dev.tandem.method.EdgeHalf;
import dev.tandem.method.Host;
import dev.tandem.method.Look;
import dev.tandem.method.Need;
import dev.tandem.method.PackMethods;
import dev.tandem.method.Slice;
import dev.tandem.method.SliceLimits;
import dev.tandem.method.Squares;
import dev.tandem.method.tokens.CountingEngine;
import dev.tandem.pack.Pack;
import dev.tandem.task.Label;
import dev.tandem.task.Part;
import dev.tandem.task.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The device: sure, unsure, and what it sends then. Twelve patches of 4 pixels. */
class PatchesDeviceTest {
    private static final PatchGrid GRID = new PatchGrid(4, 3, 4);
    private static final RgbImage PICTURE = PatchPack.noise(GRID, 1);
    private static final Task TWO = new Task.Classify(2);
    /** Probabilities 0.6, 0.3, 0.1 and two of nothing. */
    private static final float[] LOGITS = {(float) Math.log(0.1), (float) Math.log(0.6), (float) Math.log(0.3), -99,
            -99};
    @TempDir
    Path folder;
    private PatchPack files;

    @BeforeEach
    void write() throws IOException {
        files = new PatchPack(folder, 4, 3, 4);
    }

    private Look look(String point, int... order) throws IOException {
        Pack pack = files.open();
        PackMethods methods = PackMethods.of(pack);
        MemoryAccount memory = new MemoryAccount("test", 1 << 20);
        CountingEngine engine = PatchPack.classifier(pack, LOGITS, files.looking(order));
        try (DeviceHalf device = methods.section("patches")
                .device(new Host(engine, memory, SliceLimits.defaults()))) {
            assertEquals(1, engine.sessions);
            Look look = device.look(PICTURE, methods.point(point), TWO);
            Look again = device.look(PICTURE, methods.point(point), TWO);
            assertEquals(1, engine.bindings, "made once");
            assertEquals(look.getClass(), again.getClass());
            return look;
        } finally {
            assertEquals(0, engine.bindings);
            assertEquals(0, engine.sessions);
            assertEquals(0, memory.usage().bytes());
        }
    }

    private static void isTheDevicesOwn(List<Part> parts) {
        List<Label> labels = ((Part.Labels) parts.get(0)).best();
        assertEquals(List.of("bee", "cat"), labels.stream().map(Label::name).toList());
        assertEquals(0.6, labels.get(0).probability(), 1e-6);
        assertEquals(1, parts.size());
    }

    /** -log2 0.6 is 0.737 bits; Shannon's entropy 1.295; the margin 0.3. */
    @Test
    void aSureDeviceAnswersItself() throws IOException {
        for (String sure : List.of("patches-e0.738-sum1-rgb", "patches-e1.3-shannon-sum1-rgb",
                "patches-e0.29-margin-sum1-rgb", "half")) {
            Look.Here here = assertInstanceOf(Look.Here.class, look(sure, 0), sure);
            isTheDevicesOwn(here.answer());
            assertEquals(List.of("prepare", "classify"), List.copyOf(here.stageNanos().keySet()));
        }
        for (String unsure : List.of("patches-e0.736-sum1-rgb", "patches-e1.29-shannon-sum1-rgb",
                "patches-e0.31-margin-sum1-rgb", "all")) {
            assertInstanceOf(Look.Send.class, look(unsure, 0), unsure);
        }
    }

    @Test
    void theTemperatureIsPartOfTheDoubt() throws IOException {
        files.files.set("/methods/patches/temperature", "2");
        assertInstanceOf(Look.Send.class, look("patches-e0.8-sum1-rgb", 0));
        files.files.set("/methods/patches/temperature", "0.5");
        Look.Here here = assertInstanceOf(Look.Here.class, look("patches-e0.4-sum1-rgb", 0));
        float most = ((Part.Labels) here.answer().get(0)).best().get(0).probability();
        assertEquals(0.36 / 0.46, most, 1e-6);
    }

    @Test
    void anUnsureOneSendsWhatItLookedAt() throws IOException {
        Look.Send send = assertInstanceOf(Look.Send.class, look("patches-e0-sum0.95-rgb-g2", 7, 2, 9, 11));
        assertEquals(Need.FIRST, send.need());
        assertEquals(3, send.units());
        assertEquals(1, send.tiles());
        isTheDevicesOwn(send.fallback());
        assertEquals(List.of("prepare", "classify", "choose", "coding"), List.copyOf(send.stageNanos().keySet()));
        PatchMap map = PatchMap.read(send.slices().get(0).bytes(), 12, 5);
        assertEquals(0, map.point());
        assertEquals("{2, 7, 9}", map.patches().toString());
        assertArrayEquals(new int[]{1, 2}, map.guess().classes());
        assertArrayEquals(new int[]{153, 77}, map.guess().probabilities());
        PackMethods methods = PackMethods.of(files.open());
        try (EdgeHalf edge = methods.section("patches").edge(Host.of(null))) {
            var decoding = edge.begin(methods.point("patches-e0-sum0.95-rgb-g2"), send.slices().size(), 1);
            decoding.add(send.slices());
            PatchSet set = (PatchSet) decoding.evidence();
            for (int i = 0; i < 3; i++) {
                assertArrayEquals(GRID.cut(PICTURE, set.positions()[i]), set.rgb()[i]);
            }
        }
        assertEquals(4, PatchMap.read(((Look.Send) look("all", 1)).slices().get(0).bytes(), 12, 5).point());
    }

    @Test
    void theSlicesSayWhichSquaresTheyHold() throws IOException {
        Squares squares = PackMethods.of(files.open()).section("patches").squares().orElseThrow();
        assertEquals(List.of(4, 3, 12), List.of(squares.columns(), squares.rows(), squares.count()));
        Look.Send send = (Look.Send) look("patches-e0-top5-rgb", 7, 2, 9, 11, 4);
        assertEquals(0, squares.in(send.slices().getFirst()).length, "the map holds none");
        BitSet held = new BitSet();
        for (Slice slice : send.slices()) {
            Arrays.stream(squares.in(slice)).forEach(held::set);
        }
        assertEquals("{2, 4, 7, 9, 11}", held.toString());
        Slice damaged = new Slice(1, 0, new byte[]{1, 2, 3});
        assertThrows(CorruptBitstreamException.class, () -> squares.in(damaged));
    }

    @Test
    void scoresOfTheRolloutWhereThePointSaysSo() throws IOException {
        Look.Send send = assertInstanceOf(Look.Send.class, look("patches-e0-top1-rollout-rgb", 7));
        assertEquals("{0}", PatchMap.read(send.slices().get(0).bytes(), 12, 5).patches().toString());
    }

    @Test
    void chanceIsThePictures() throws IOException {
        Look.Send first = (Look.Send) look("patches-e0-random5-rgb", 0);
        Look.Send again = (Look.Send) look("patches-e0-random5-rgb", 11, 10);
        assertArrayEquals(first.slices().get(0).bytes(), again.slices().get(0).bytes());
        assertEquals(5, first.units());
    }

    @Test
    void knowsClassesOnly() throws IOException {
        Pack pack = files.open();
        PackMethods methods = PackMethods.of(pack);
        CountingEngine engine = PatchPack.classifier(pack, LOGITS, files.looking(1));
        try (DeviceHalf device = methods.section("patches").device(Host.of(engine))) {
            for (Task task : List.of(new Task.Question("What?", 0), new Task.Preview(32))) {
                String words = assertThrows(IllegalArgumentException.class,
                        () -> device.look(PICTURE, methods.point("all"), task)).getMessage();
                assertTrue(words.contains("[" + task.word() + "]; needed classify"), words);
            }
            for (String misfit : List.of("patches-e0-top13-rgb", "patches-e0-sum1-transform-s4")) {
                assertThrows(IllegalArgumentException.class,
                        () -> device.look(PICTURE, methods.point(misfit), TWO), misfit);
            }
        }
    }

    @Test
    void aDamagedGraphIsSaidToBeOne() throws IOException {
        Pack pack = files.open();
        PackMethods methods = PackMethods.of(pack);
        float[] logits = LOGITS.clone();
        logits[3] = Float.NaN;
        float[] nowhere = new float[3 * 12];
        Arrays.fill(nowhere, Float.NaN);
        for (CountingEngine engine : List.of(PatchPack.classifier(pack, logits, files.looking(1)),
                PatchPack.classifier(pack, LOGITS, nowhere))) {
            try (DeviceHalf device = methods.section("patches").device(Host.of(engine))) {
                assertTrue(assertThrows(IllegalStateException.class,
                        () -> device.look(PICTURE, methods.point("all"), TWO)).getMessage().contains("damaged"));
            }
        }
    }
}
