package dev.tandem.pack;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifest: one value wrong at a time, named in the message. */
class ManifestCheckTest {
    @TempDir
    Path folder;
    private TestPack pack;

    @BeforeEach
    void write() throws IOException {
        pack = new TestPack(folder);
    }

    private String refusal() {
        return assertThrows(PackException.class, () -> pack.open()).getMessage();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {
            "/schema | 3 | newer than this Tandem", "/schema | 1 | export it again", "/schema | \"2\" | schema",
            "/name | \"A b\" | name is [A b]", "/licence | \"\" | licence", "/colour | 3 | unknown field colour",
            "/provenance/0/sha256 | \"12\" | provenance of weights",
            "/preprocessing/width | 100000 | preprocessing.width is [100000]",
            "/preprocessing/width | 8.5 | preprocessing/width", "/preprocessing/fit | \"pad\" | squash or crop",
            "/preprocessing/resize | 9 | preprocessing.resize is [9]",
            "/preprocessing/deviation | [1, 0, 1] | preprocessing.deviation",
            "/preprocessing/mean | [1, 0] | preprocessing.mean",
            "/files/weights.bin/bytes | -1 | bytes of files.weights.bin",
            "/files/weights.bin/bytes | 99999999999999 | bytes of files.weights.bin",
            "/files/weights.bin/sha256 | \"abc\" | sha256 of files.weights.bin is [abc]",
            "/files/weights.bin/pack | \"../x\" | the pack of files.weights.bin is [../x]",
            "/methods | {} | methods is [0]", "/methods/Bad Name | {} | the name of a method",
            "/methods/raw | 3 | methods/raw", "/points | [] | points is [0]",
            "/points/0/id | 0 | points.c3.id is [0]", "/points/0/id | 256 | points.c3.id is [256]",
            "/points/1/id | 1 | points.photo.id is [1]; needed: each once", "/points/1/name | \"c3\" | each once",
            "/points/0/method | \"magic\" | points.c3.method is [magic]; needed: one of the methods",
            "/points/0/knobs | null | points.c3.knobs", "/points/0/colour | 1 | unknown field colour",
            "/defaultPoint | \"c9\" | defaultPoint is [c9]; needed: one of [",
            "/heads/0/name | \"things\" | each once", "/heads/0/kind | null | heads.words.kind",
            "/heads/0/settings | null | heads.words.settings"})
    void namesTheField(String pointer, String json, String words) throws IOException {
        pack.set(pointer, json);
        assertTrue(refusal().contains(words), () -> refusal());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {
            "/graphs/encoder/file | \"other.onnx\" | graphs.encoder.file is [other.onnx]",
            "/graphs/encoder/data/0 | \"codec/hyper.bin\" | a file beside encoder.onnx",
            "/graphs/encoder/inputs/0/dtype | \"float64\" | unknown dtype float64",
            "/graphs/encoder/outputs/0/shape | [1, 0, 8] | shape of graphs.encoder.outputs.last_hidden_state is [[1, 0, 8]]",
            "/graphs/encoder/outputs/0/shape | [1, 2147483647, 2147483647] | at most 2^40 elements",
            "/graphs/encoder/outputs/0/shape | [1,1,1,1,1,1,1,1,1] | dimensions of graphs.encoder.outputs",
            "/graphs/encoder/outputs/1/name | \"last_hidden_state\" | each name once",
            "/graphs/Bad Name | {} | the name of a graph is [Bad Name]",
            "/golden/0/kind | \"sound\" | unknown field kind", "/golden/0/graph | \"head\" | golden.0.graph is [head]",
            "/golden/0/inputs | {} | golden.0.inputs is [[]]; needed: every input",
            "/golden/0/outputs | {\"x\":\"golden/z.bin\"} | golden.0.outputs is [x]",
            "/golden/0/shapes | {} | golden.0.shapes.pixel_values is [null]",
            "/golden/0/shapes/last_hidden_state | [1, 6, 9] | a shape that fits the declared [1, 6, 8]",
            "/golden/0/inputs/pixel_values | \"golden/z.bin\" | the size of golden/z.bin, which golden.0 names, is [48]",
            "/golden/0/tolerance | 0 | golden.0.tolerance"})
    void holdsGraphsAndTheirVectorsAgainstEachOther(String pointer, String json, String words) throws IOException {
        pack.set(pointer, json);
        assertTrue(refusal().contains(words), () -> refusal());
    }

    @ParameterizedTest
    @ValueSource(strings = {"../weights.bin", "/etc/passwd", "a/../../b", "./weights.bin", "a//b", "a\\\\b", "", "C:/x",
            "sp ace", "a/b/c/d/e/f/g/h/i", "pack.json"})
    void refusesAPathThatLeavesTheFolderOrIsOdd(String path) throws IOException {
        pack.set("/files/" + path.replace("/", "~1").replace("\\\\", "\\"),
                "{\"bytes\": 1, \"sha256\": \"" + "0".repeat(64) + "\"}");
        assertTrue(refusal().contains("a path in files"), () -> refusal());
    }

    @Test
    void refusesWhatIsNoJsonOrSaysAThingTwice() throws IOException {
        for (String json : List.of("", "{", "[]", "null", "{\"schema\":1,\"schema\":1}", "{\"schema\":1} x")) {
            Files.writeString(folder.resolve("pack.json"), json);
            PackException refusal = assertThrows(PackException.class, () -> Pack.open(folder));
            assertTrue(refusal.getMessage().startsWith("reading [pack.json]"), refusal.getMessage());
        }
    }
}
