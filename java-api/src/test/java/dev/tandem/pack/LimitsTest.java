package dev.tandem.pack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.tensor.DType;
import dev.tandem.tensor.TensorInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every limit of a manifest: the value at it is taken, the one beyond is refused. */
class LimitsTest {
    private static final Checks CHECKS = new Checks(Path.of("/packs/x"), null);
    @TempDir
    Path folder;

    private static void allowed(Executable... checks) {
        for (Executable check : checks) {
            assertDoesNotThrow(check);
        }
    }

    private static void refused(String words, Executable... checks) {
        for (Executable check : checks) {
            String message = assertThrows(PackException.class, check).getMessage();
            assertTrue(message.contains(words) && message.contains("/packs/x"), message);
        }
    }

    @Test
    void eachCheckHoldsItsTwoEnds() {
        allowed(() -> CHECKS.range("f", 2, 2, 4), () -> CHECKS.range("f", 4, 2, 4), () -> CHECKS.real("f", 2, 2, 4),
                () -> CHECKS.real("f", 4, 2, 4), () -> CHECKS.text("f", "ab", 2, 4),
                () -> CHECKS.text("f", "abcd", 2, 4), () -> CHECKS.count("f", 2, 2, 4),
                () -> CHECKS.count("f", 4, 2, 4), () -> CHECKS.present("f", ""), () -> CHECKS.name("f", "a"),
                () -> CHECKS.name("f", "0" + "a".repeat(63)));
        refused("f is [", () -> CHECKS.range("f", 1, 2, 4), () -> CHECKS.range("f", 5, 2, 4),
                () -> CHECKS.real("f", 1.9, 2, 4), () -> CHECKS.real("f", 4.1, 2, 4),
                () -> CHECKS.real("f", Double.NaN, 2, 4), () -> CHECKS.text("f", "a", 2, 4),
                () -> CHECKS.text("f", "abcde", 2, 4), () -> CHECKS.text("f", null, 0, 4),
                () -> CHECKS.present("f", null), () -> CHECKS.name("f", ""), () -> CHECKS.name("f", null),
                () -> CHECKS.name("f", "a".repeat(65)), () -> CHECKS.name("f", ".a"));
        refused("the number of f is [", () -> CHECKS.count("f", 1, 2, 4), () -> CHECKS.count("f", 5, 2, 4));
    }

    @Test
    void shortensWhatIsLongAndSaysWhatHasNoWords() {
        assertTrue(CHECKS.field("f", "x".repeat(400), "y").getMessage().contains("x".repeat(400) + "];"));
        assertTrue(CHECKS.field("f", "x".repeat(401), "y").getMessage().contains("x".repeat(400) + "...]"));
        IOException silent = new IOException();
        PackException refusal = CHECKS.file("reading", "a", silent, "b", "c");
        assertTrue(refusal.getMessage().contains("found [IOException]"), refusal.getMessage());
        assertEquals(silent, refusal.getCause());
        assertTrue(CHECKS.file("reading", "a", new IOException("torn"), "b", "c").getMessage()
                .contains("found [torn]"));
    }

    private static TensorInfo tensor(DType dtype, long... shape) {
        return new TensorInfo("t", dtype, shape);
    }

    @Test
    void aShapeFitsItsRule() {
        ShapeRule rule = new ShapeRule(DType.FLOAT32, 3, ShapeRule.FIXED, ShapeRule.ANY, -1);
        allowed(() -> rule.check(CHECKS, "f", tensor(DType.FLOAT32, 3, 1, -1, -1)),
                () -> rule.check(CHECKS, "f", tensor(DType.FLOAT32, -1, 7, 5, -1)));
        refused("f is [", () -> rule.check(CHECKS, "f", tensor(DType.INT64, 3, 1, -1, -1)),
                () -> rule.check(CHECKS, "f", tensor(DType.FLOAT32, 3, 1, -1)),
                () -> rule.check(CHECKS, "f", tensor(DType.FLOAT32, 4, 1, 1, -1)),
                () -> rule.check(CHECKS, "f", tensor(DType.FLOAT32, 3, -1, 1, -1)),
                () -> rule.check(CHECKS, "f", tensor(DType.FLOAT32, 3, 0, 1, -1)),
                () -> rule.check(CHECKS, "f", tensor(DType.FLOAT32, 3, 1, 1, 2)));
        refused("float32 [3, a fixed size, any size, -1 (dynamic)]",
                () -> rule.check(CHECKS, "f", tensor(DType.FLOAT32)));
        ShapeRule zero = new ShapeRule(DType.FLOAT32, 0);
        refused("f is [", () -> zero.check(CHECKS, "f", tensor(DType.FLOAT32, -1)));
    }

    @Test
    void aShapeIsSaneUpToItsLimits() {
        List<Long> eight = Collections.nCopies(8, 1L);
        allowed(() -> ShapeRule.sane(CHECKS, "f", eight, false, 1),
                () -> ShapeRule.sane(CHECKS, "f", List.of(), false, 1),
                () -> ShapeRule.sane(CHECKS, "f", List.of(-1L, 1L), true, 1),
                () -> ShapeRule.sane(CHECKS, "f", List.of(0L, 5L), false, 0),
                () -> ShapeRule.sane(CHECKS, "f", List.of((long) Integer.MAX_VALUE), false, 0),
                () -> ShapeRule.sane(CHECKS, "f", List.of(1L << 20, 1L << 20), false, 0));
        refused("dimensions from 1 to 2^31-1, or -1", () -> ShapeRule.sane(CHECKS, "f", List.of(0L), true, 1),
                () -> ShapeRule.sane(CHECKS, "f", List.of(-2L), true, 1));
        refused("the shape of f", () -> ShapeRule.sane(CHECKS, "f", List.of(-1L), false, 0),
                () -> ShapeRule.sane(CHECKS, "f", List.of(1L << 31), false, 0),
                () -> ShapeRule.sane(CHECKS, "f", List.of(1L << 20, (1L << 20) + 1), false, 0),
                () -> ShapeRule.sane(CHECKS, "f", new ArrayList<>(Arrays.asList((Long) null)), true, 0));
        refused("dimensions of f", () -> ShapeRule.sane(CHECKS, "f", Collections.nCopies(9, 1L), false, 1));
        assertEquals("no dtype [1]", ShapeRule.text(null, List.of(1L)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {"/version | \"\" | version is []",
            "/version | null | version is [null]", "/licence | null | licence is [null]",
            "/provenance/0/what | \"\" | what of a provenance entry",
            "/provenance/0/source | null | source of the provenance of weights",
            "/provenance/0/licence | \"\" | licence of the provenance of weights",
            "/preprocessing | null | preprocessing is [null]", "/preprocessing/width | 0 | preprocessing.width is [0]",
            "/preprocessing/height | 4097 | preprocessing.height is [4097]",
            "/preprocessing/mean | [0.5, 0.5, \"NaN\"] | mean", "/preprocessing/deviation | [1, 1] | deviation values",
            "/preprocessing/deviation | [1, 1, -1] | preprocessing.deviation",
            "/preprocessing/mean | [0, 0, 1e39] | preprocessing.mean",
            "/preprocessing/deviation | [1, 1, 1e39] | preprocessing.deviation",
            "/files/weights.bin | null | files.weights.bin is [null]",
            "/files/weights.bin/bytes | 1099511627777 | bytes of files.weights.bin",
            "/graphs | {} | the number of graphs is [0]", "/graphs/encoder | null | graphs.encoder is [null]",
            "/graphs/encoder/inputs | [] | the number of graphs.encoder.inputs is [0]",
            "/graphs/encoder/outputs | null | the number of graphs.encoder.outputs is [0]",
            "/graphs/encoder/inputs/0/name | \"\" | the name of a tensor in graphs.encoder.inputs",
            "/graphs/encoder/inputs/0/colour | 1 | unknown field colour of a tensor",
            "/graphs/encoder/inputs/0/shape | [1, 2.5] | a dimension that is no whole number: 2.5",
            "/graphs/encoder/inputs/0/shape | [9223372036854775808] | a dimension that is no whole number",
            "/graphs/encoder/file | null | graphs.encoder.file", "/golden/0/outputs | {} | golden.0.outputs is [0]",
            "/golden/0/tolerance | 1.01 | golden.0.tolerance", "/golden/0/tolerance | -1 | golden.0.tolerance",
            "/golden/0/shapes/pixel_values | [1, 3, 8] | a shape that fits the declared [1, 3, 8, 8]",
            "/golden/0/shapes/pixel_values | [1, 3, 8, -1] | the shape of golden.0.shapes.pixel_values",
            "/heads/0/name | \"\" | the name of a head", "/points/0/name | null | the name of an operating point",
            "/points/0/method | null | points.c3.method is [null]", "/schema | 2.0 | schema 2",
            "/schema | null | schema 2", "/defaultPoint | null | defaultPoint is [null]"})
    void namesTheField(String pointer, String json, String words) throws IOException {
        TestPack pack = new TestPack(folder).set(pointer, json);
        String refusal = assertThrows(PackException.class, pack::open).getMessage();
        assertTrue(refusal.contains(words), refusal);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^',
            value = {"/preprocessing/width | 4096", "/preprocessing/width | 1",
                    "/points/0/id | 255", "/golden/0/tolerance | 1", "/golden | []", "/heads | []", "/provenance | []",
                    "/provenance/0/sha256 | null", "/golden/0/shapes/last_hidden_state | [1, 6, 8]"})
    void takesTheValueAtTheLimit(String pointer, String json) throws IOException {
        TestPack pack = new TestPack(folder).set(pointer, json);
        assertDoesNotThrow(pack::open);
    }

    @Test
    void aCropIsCutFromASideThatHoldsItAndNoOther() throws IOException {
        TestPack pack = new TestPack(folder).set("/preprocessing/fit", "\"crop\"").set("/preprocessing/width", "10");
        for (int side : new int[]{10, 8192}) {
            assertEquals(side, pack.set("/preprocessing/resize", side + "").open().manifest().preprocessing().resize());
        }
        for (int side : new int[]{0, 9, 8193}) {
            pack.set("/preprocessing/resize", side + "");
            assertThrows(PackException.class, pack::open);
        }
    }

    @Test
    void holdsWhatAMethodFeedsAgainstTheGraph() throws IOException {
        Pack pack = new TestPack(folder).open();
        GraphChecks graphs = pack.checks().graphs();
        assertEquals("last_hidden_state", graphs.encoder("f", "encoder").name());
        assertEquals("encoder.onnx", graphs.named("f", "encoder").file());
        assertDoesNotThrow(() -> graphs.inputs("encoder", Set.of(), Set.of("pixel_values")));
        for (Executable wrong : List.<Executable>of(() -> graphs.named("f", null), () -> graphs.named("f", "eye"),
                () -> graphs.inputs("eye", Set.of(), Set.of()), () -> graphs.inputs("encoder", Set.of(), Set.of("x")),
                () -> graphs.inputs("encoder", Set.of("pixel_values", "x"), Set.of()),
                () -> graphs.output("encoder", "x", new ShapeRule(DType.FLOAT32)),
                () -> graphs.output("encoder", "class_token", new ShapeRule(DType.FLOAT32)),
                () -> graphs.encoder("f", "projector"), () -> graphs.encoder("f", "eye"))) {
            assertThrows(PackException.class, wrong);
        }
        String optional = assertThrows(PackException.class,
                () -> graphs.inputs("encoder", Set.of("x"), Set.of("y"))).getMessage();
        assertTrue(optional.contains("[x], optionally [y] and no other"), optional);
    }

    @Test
    void givesWhatItHolds() throws IOException {
        Pack pack = new TestPack(folder).open();
        assertEquals(folder.toAbsolutePath(), pack.folder());
        assertEquals("test 1 (" + folder.toAbsolutePath() + ")", pack.toString());
        assertArrayEquals(new byte[100], pack.bytes("weights.bin"));
        assertEquals("encoder", pack.section("raw").get("encoder").asText());
        assertTrue(assertThrows(PackException.class, () -> pack.section("magic")).getMessage().contains("[magic]"));
        assertTrue(pack.graph("encoder").input("other").isEmpty());
        assertEquals("class_token", pack.graph("encoder").output("class_token").orElseThrow().name());
        assertThrows(UnsupportedOperationException.class, () -> pack.manifest().files().clear());
        assertEquals(Map.of(), Ordered.copy(null));
        List<String> done = Collections.synchronizedList(new ArrayList<>());
        pack.verify(done::add);
        assertEquals(pack.manifest().files().keySet(), Set.copyOf(done));
        byte[] hash = pack.hash();
        hash[0]++;
        assertArrayEquals(Sha256.of(Files.readAllBytes(folder.resolve("pack.json"))), pack.hash());
    }

    /** A file of several blocks hashes as its bytes do, and one damaged byte anywhere is told with all the others. */
    @Test
    void hashesFilesOfAnySizeAndNamesEveryDamagedOne() throws IOException {
        byte[] large = new byte[(1 << 18) * 2 + 17];
        new java.util.Random(1).nextBytes(large);
        TestPack files = new TestPack(folder).write("large.bin", large);
        Pack pack = files.open();
        assertEquals(TestPack.sha256(large), Sha256.ofFile(folder.resolve("large.bin")));
        pack.file("large.bin");
        large[large.length - 1]++;
        Files.write(folder.resolve("large.bin"), large);
        Files.write(folder.resolve("labels.txt"), new byte[20]);
        PackException all = assertThrows(PackException.class, () -> pack.verify(path -> {
        }));
        assertEquals(1, all.getSuppressed().length);
        assertTrue((all + " " + all.getSuppressed()[0]).contains("[large.bin]"));
        assertTrue((all + " " + all.getSuppressed()[0]).contains("[labels.txt]"));
    }

    @Test
    void aPathHasEightPartsAndTwoHundredCharactersAtMost() {
        allowed(() -> PackPath.check(CHECKS, "f", "a/b/c/d/e/f/g/h"),
                () -> PackPath.check(CHECKS, "f", "a".repeat(200)), () -> PackPath.check(CHECKS, "f", "..a/.b"));
        refused("f is [", () -> PackPath.check(CHECKS, "f", "a/b/c/d/e/f/g/h/i"),
                () -> PackPath.check(CHECKS, "f", "a".repeat(201)), () -> PackPath.check(CHECKS, "f", "a/./b"),
                () -> PackPath.check(CHECKS, "f", "a/.."), () -> PackPath.check(CHECKS, "f", "a/"),
                () -> PackPath.check(CHECKS, "f", "pack.json"));
    }
}
