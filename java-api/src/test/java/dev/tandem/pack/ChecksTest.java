package dev.tandem.pack;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.tensor.DType;
import dev.tandem.tensor.TensorInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Each check by itself: both ends of its range are taken, what lies beyond is refused in words. */
class ChecksTest {
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

    @Test
    void readsAnObjectOfItsFieldsAndNothingElse() throws IOException {
        record Two(int first, String second) {}
        ObjectNode object = TestPack.JSON.createObjectNode().put("first", 1).put("second", "x");
        assertEquals(new Two(1, "x"), CHECKS.read("f", object, Two.class));
        refused("f", () -> CHECKS.read("f", null, Two.class),
                () -> CHECKS.read("f", TestPack.JSON.createArrayNode(), Two.class),
                () -> CHECKS.read("f", object.deepCopy().put("third", 1), Two.class),
                () -> CHECKS.read("f", object.deepCopy().put("first", "1"), Two.class));
        Pack pack = new TestPack(folder).open();
        assertEquals(100, pack.checks().listed("f", "weights.bin").bytes());
        String leaves = assertThrows(PackException.class, () -> pack.checks().listed("f", "../x")).getMessage();
        assertTrue(leaves.contains("stays in the pack's folder"), leaves);
        assertDoesNotThrow(() -> pack.checks().sized("f", "weights.bin", 100));
        assertThrows(PackException.class, () -> pack.checks().sized("f", "weights.bin", 99));
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
