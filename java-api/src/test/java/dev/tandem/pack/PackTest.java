package dev.tandem.pack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.tensor.DType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an open pack gives, and what it holds a method to. */
class PackTest {
    @TempDir
    Path folder;

    /** The encoder's input is the picture's size and no other; its output has a fixed number of tokens. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {
            "/graphs/encoder/inputs/0/shape | [1, 3, 8, 9] | graphs.encoder.inputs.pixel_values is [",
            "/graphs/encoder/inputs/0/name | \"x\" | inputs of graphs.encoder is [[x]]",
            "/graphs/encoder/outputs/0/shape | [1, -1, 8] | graphs.encoder.outputs.last_hidden_state is [",
            "/graphs/encoder/outputs/0/dtype | \"int64\" | graphs.encoder.outputs.last_hidden_state is ["})
    void holdsTheEncoderToThePicture(String pointer, String json, String words) throws IOException {
        Pack pack = new TestPack(folder).set("/golden", "[]").set(pointer, json).open();
        String refusal = assertThrows(PackException.class, () -> pack.checks().graphs().encoder("f", "encoder"))
                .getMessage();
        assertTrue(refusal.contains(words), refusal);
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
}
