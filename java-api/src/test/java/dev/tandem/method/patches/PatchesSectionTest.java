package dev.tandem.method.patches;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.method.GoldenResult;
import dev.tandem.method.Host;
import dev.tandem.method.PackHeads;
import dev.tandem.method.PackMethods;
import dev.tandem.method.Point;
import dev.tandem.method.patches.codec.TransformFiles;
import dev.tandem.pack.PackException;
import dev.tandem.pack.Preprocessing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The section, its points and its golden vectors. Twelve patches of 8 pixels. */
class PatchesSectionTest {
    private static final PatchGrid GRID = new PatchGrid(4, 3, 8);
    @TempDir
    Path folder;
    private PatchPack files;

    @BeforeEach
    void write() throws IOException {
        files = new PatchPack(folder, 4, 3, 8);
    }

    private PackMethods methods() throws IOException {
        return PackMethods.of(files.open());
    }

    private void withTransform() throws IOException {
        files.files.write("codec/patches.bin", TransformFiles.drawn(8, 3, 20, 5))
                .set("/methods/patches/transform", "\"codec/patches.bin\"").set("/points/2", """
                        {"id": 6, "name": "learned", "method": "patches", "knobs":
                          {"amount": 1, "code": "transform", "step": 4, "scaleShift": -9}}""");
    }

    @Test
    void readsSectionPointsAndHead() throws IOException {
        PackMethods methods = methods();
        PatchesSection section = (PatchesSection) methods.section("patches");
        assertEquals(GRID, section.grid());
        assertEquals(5, section.classes());
        assertTrue(section.rollout());
        assertEquals(List.of("labels.txt"), section.codingFiles());
        assertEquals(new PatchKnobs(0.8, Doubt.MIN_ENTROPY, Scores.ATTENTION, Rule.SUM, 0.5, Code.RGB, 0, 0, 0, 2, 0),
                methods.point("half").knobs());
        assertEquals(PatchSet.class, methods.evidence("patches"));
        assertEquals("things", PackHeads.of(methods.pack())
                .choose("", new dev.tandem.task.Task.Classify(1), PatchSet.class).orElseThrow().name());
        assertEquals(List.of(), section.replay(Host.of(null)));
        String before = HexFormat.of().formatHex(methods.hashes().get("patches"));
        files.files.write("labels.txt", "ant\nbee\ncat\ndog\neel\n".getBytes());
        assertFalse(before.equals(HexFormat.of().formatHex(methods().hashes().get("patches"))));
        withTransform();
        assertEquals(List.of("labels.txt", "codec/patches.bin"), methods().section("patches").codingFiles());
    }

    @Test
    void writesTheKnobsThatItReads() throws IOException {
        withTransform();
        PackMethods methods = methods();
        PatchesSection section = (PatchesSection) methods.section("patches");
        for (String name : List.of("patches-e0.5-margin-sum-over0.9-rollout-transform-s24-x-39-g1-f0.3",
                "patches-e64-top7-jpeg-q31", "patches-e0.25-shannon-random3-rgb-g0", "patches-e0-sum0.97-rgb",
                "patches-e1.5-threshold0.001-rgb")) {
            PatchKnobs knobs = methods.point(name).knobs(PatchKnobs.class);
            assertEquals(knobs, PatchFields.read(name, PatchFields.write(knobs), methods.pack().checks()));
        }
        Point top = methods.point("patches-e0.5-margin-top7-rollout-jpeg-q31-g1-f0.3");
        PatchKnobs sending = section.sending(top, 5).knobs(PatchKnobs.class);
        assertEquals(new PatchKnobs(0, Doubt.MIN_ENTROPY, Scores.ROLLOUT, Rule.TOP, 5, Code.JPEG, 31, 0, 0, 1, 0.3),
                sending);
        assertThrows(PackException.class, () -> section.sending(top, 0.5));
        assertThrows(PackException.class, () -> section.knobs(top, 65, 5));
        assertFalse(sending.doubt().sure(new double[]{1, 0}, sending.eta()), "it always sends");
    }

    @Test
    void readsEveryKnob() throws IOException {
        withTransform();
        files.files.set("/points/3", """
                {"id": 7, "name": "every", "method": "patches", "knobs": {"eta": 0.5, "doubt": "margin",
                  "scores": "rollout", "rule": "sum-over", "amount": 0.9, "code": "transform", "step": 24,
                  "scaleShift": -39, "guess": 1, "fuse": 0.3}}""");
        assertEquals(PatchForm.read("patches-e0.5-margin-sum-over0.9-rollout-transform-s24-x-39-g1-f0.3").orElseThrow(),
                methods().point("every").knobs());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {
            "/methods/patches/classifier | \"nose\" | methods.patches.classifier is [nose]",
            "/methods/patches/labels | \"x.txt\" | methods.patches.labels is [x.txt]",
            "/methods/patches/temperature | 0.04 | methods.patches.temperature is [0.04]",
            "/methods/patches/temperature | 20.1 | methods.patches.temperature is [20.1]",
            "/methods/patches/transform | \"no.bin\" | methods.patches.transform is [no.bin]",
            "/methods/patches/extra | 1 | unknown field extra",
            "/graphs/eye/inputs/0/shape | [1, 3, 24, 24] | graphs.eye.inputs.pixel_values is",
            "/graphs/eye/outputs/0/shape | [1, -1] | graphs.eye.outputs.logits is",
            "/graphs/eye/outputs/0/shape | [1, 65537] | classes of methods.patches is [65537]",
            "/graphs/eye/outputs/1/name | \"looks\" | an output attention among them",
            "/graphs/eye/outputs/1/shape | [1, 65, 12] | heads of methods.patches is [65]",
            "/graphs/eye/outputs/1/shape | [1, 3, 13] | the patches of graphs.eye is [13]",
            "/graphs/eye/outputs/1/shape | [1, 3, 3] | the patches of graphs.eye is [3]",
            "/graphs/eye/outputs/2/shape | [1, 11] | graphs.eye.outputs.rollout is",
            "/points/0/knobs/eta | 65 | points.all.knobs.eta is [65.0]",
            "/points/0/knobs/eta | -1 | points.all.knobs.eta is [-1.0]",
            "/points/0/knobs/doubt | \"fear\" | one of [min-entropy, shannon, margin]",
            "/points/0/knobs/scores | \"love\" | one of [attention, rollout]",
            "/points/0/knobs/rule | \"all\" | one of [sum, sum-over, top, threshold, random]",
            "/points/0/knobs/rule | \"top\" | ^^",
            "/points/0/knobs/amount | 1.1 | points.all.knobs.amount is [1.1]",
            "/points/0/knobs/amount | null | points.all.knobs.amount is [null]",
            "/points/0/knobs/code | \"png\" | one of [rgb, jpeg, transform]",
            "/points/0/knobs/code | null | one of [rgb, jpeg, transform]",
            "/points/0/knobs/code | \"jpeg\" | points.all.knobs.quality is [0]",
            "/points/0/knobs/code | \"transform\" | points.all.knobs.step is [0.0]",
            "/points/0/knobs/quality | 30 | points.all.knobs.quality is [30]",
            "/points/0/knobs/step | 1 | points.all.knobs.step is [1.0]",
            "/points/0/knobs/scaleShift | 1 | points.all.knobs.scaleShift is [1]",
            "/points/0/knobs/guess | 6 | points.all.knobs.guess is [6]",
            "/points/0/knobs/fuse | 1.5 | points.all.knobs.fuse is [1.5]",
            "/points/0/knobs/size | 1 | unknown field size",
            "/points/0/name | \"patches-e0-sum1-rgb\" | a name that is not one of the forms"})
    void namesTheFieldThatIsWrong(String pointer, String json, String words) throws IOException {
        files.files.set(pointer, json);
        if (words.isEmpty()) {
            methods();
            return;
        }
        String refusal = assertThrows(PackException.class, this::methods).getMessage();
        assertTrue(refusal.contains(words), refusal);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {
            "{\"rule\": \"top\", \"amount\": 13, \"code\": \"rgb\"} | 13 patches; needed at most 12",
            "{\"rule\": \"random\", \"amount\": 257, \"code\": \"rgb\"} | amount is [257.0]",
            "{\"rule\": \"top\", \"amount\": 2.5, \"code\": \"rgb\"} | amount is [2.5]",
            "{\"rule\": \"top\", \"amount\": 0, \"code\": \"rgb\"} | amount is [0.0]",
            "{\"amount\": 1, \"code\": \"transform\", \"step\": 4} | this pack has no learned patch codec",
            "{\"amount\": 1, \"code\": \"rgb\", \"doubt\": \"margin\", \"eta\": 2} | eta is [2.0]",
            "{\"amount\": 1, \"code\": \"rgb\", \"guess\": 0, \"fuse\": 0.1} | fuse is [0.1]",
            "{\"amount\": 1, \"code\": \"jpeg\", \"quality\": 101} | quality is [101]"})
    void refusesKnobsThatDoNotGoTogether(String knobs, String words) throws IOException {
        files.files.set("/points/0/knobs", knobs);
        String refusal = assertThrows(PackException.class, this::methods).getMessage();
        assertTrue(refusal.contains(words), refusal);
    }

    @Test
    void refusesARolloutThatIsNotThere() throws IOException {
        files.files.set("/graphs/eye/outputs", """
                [{"name": "logits", "dtype": "float32", "shape": [1, 5]},
                 {"name": "attention", "dtype": "float32", "shape": [1, 3, 12]}]""");
        methods();
        files.files.set("/points/0/knobs/scores", "\"rollout\"");
        assertTrue(assertThrows(PackException.class, this::methods).getMessage().contains("gives no rollout"));
    }

    @Test
    void aGridIsWholeSquares() {
        Preprocessing input = new Preprocessing(224, 224, "squash", 0, List.of(0f, 0f, 0f), List.of(1f, 1f, 1f));
        assertEquals(new PatchGrid(14, 14, 16), PatchGrid.of(input, 196));
        assertEquals(new PatchGrid(16, 16, 14), PatchGrid.of(input, 256));
        assertEquals(new PatchGrid(7, 7, 32), PatchGrid.of(input, 49));
        for (long none : new long[]{0, 1, 195, 784, 4 * 4, Long.MAX_VALUE}) {
            assertNull(PatchGrid.of(input, none), none + " patches");
        }
    }

    @Test
    void refusesACodecOfOtherPatches() throws IOException {
        withTransform();
        files.files.write("codec/patches.bin", TransformFiles.drawn(4, 3, 20, 5));
        PackMethods methods = methods();
        assertTrue(assertThrows(PackException.class, () -> methods.section("patches").edge(Host.of(null))).getMessage()
                .contains("patches of 4 pixels"));
        byte[] damaged = TransformFiles.drawn(8, 3, 20, 5);
        damaged[0] ^= 1;
        files.files.write("codec/patches.bin", damaged);
        assertTrue(assertThrows(PackException.class, () -> methods().section("patches").edge(Host.of(null)))
                .getMessage().contains("magic TDPT"));
    }

    @Test
    void replaysGoldenVectorsOfTheLearnedCodec() throws IOException {
        withTransform();
        byte[] patches = new byte[12 * GRID.bytes()];
        for (int i = 0; i < 12; i++) {
            System.arraycopy(GRID.cut(PatchPack.smooth(GRID, 3), i), 0, patches, i * GRID.bytes(), GRID.bytes());
        }
        PatchesSection section = (PatchesSection) methods().section("patches");
        byte[] payload;
        byte[] decoded = new byte[patches.length];
        try (PatchCodes codes = section.codes(Host.of(null))) {
            var code = codes.of(section.require(methods().point("learned")).coding());
            byte[][] each = IntStream.range(0, 12).mapToObj(
                    i -> Arrays.copyOfRange(patches, i * GRID.bytes(), (i + 1) * GRID.bytes())).toArray(byte[][]::new);
            payload = code.coded(each).of(IntStream.range(0, 12).toArray());
            byte[][] back = code.decode(java.nio.ByteBuffer.wrap(payload), 12);
            for (int i = 0; i < 12; i++) {
                System.arraycopy(back[i], 0, decoded, i * GRID.bytes(), GRID.bytes());
            }
        }
        files.files.write("golden/patches.bin", patches).write("golden/payload.bin", payload)
                .write("golden/decoded.bin", decoded).set("/methods/patches/golden", """
                        [{"point": "learned", "patches": "golden/patches.bin", "payload": "golden/payload.bin",
                          "decoded": "golden/decoded.bin"}]""");
        GoldenResult good = methods().section("patches").replay(Host.of(null)).get(0);
        assertTrue(good.passed(), good.remark());
        decoded[5] += 2;
        files.files.write("golden/decoded.bin", decoded);
        assertFalse(methods().section("patches").replay(Host.of(null)).get(0).passed());
        decoded[5] -= 2;
        patches[7] ^= 0x40;
        files.files.write("golden/decoded.bin", decoded).write("golden/patches.bin", patches);
        assertTrue(methods().section("patches").replay(Host.of(null)).get(0).remark().contains("differ from byte"));
        files.files.set("/methods/patches/golden/0/point", "\"all\"");
        assertTrue(assertThrows(PackException.class, this::methods).getMessage().contains("of the code transform"));
    }
}
