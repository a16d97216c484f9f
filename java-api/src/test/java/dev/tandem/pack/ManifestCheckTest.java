package dev.tandem.pack;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
            "/schema | 2 | schema 2", "/schema | \"1\" | schema", "/name | \"A b\" | name is [A b]",
            "/licence | \"\" | licence", "/colour | 3 | unknown field colour",
            "/codec/model | 3 | unknown field model at codec/model", "/task | null | task is [null]",
            "/provenance/0/sha256 | \"12\" | provenance of weights",
            "/preprocessing/width | 100000 | preprocessing.width is [100000]",
            "/preprocessing/width | 8.5 | preprocessing/width",
            "/preprocessing/deviation | [1, 0, 1] | preprocessing.deviation",
            "/preprocessing/mean | [1, 0] | preprocessing.mean",
            "/preprocessing/height | 9 | graphs.encoder.inputs.pixel_values is [float32 [1, 3, 8, 8]]",
            "/files/weights.bin/bytes | -1 | bytes of files.weights.bin",
            "/files/weights.bin/bytes | 99999999999999 | bytes of files.weights.bin",
            "/files/weights.bin/sha256 | \"abc\" | sha256 of files.weights.bin is [abc]",
            "/codec/experts | 1000000 | codec.experts", "/codec/tokenWidth | 9 | codec.tokenWidth is [9]",
            "/codec/hyperWidth | 5 | graphs.hyper_analysis.outputs.z",
            "/codec/tables | \"codec/other.bin\" | codec.tables is [codec/other.bin]; needed: a file that [files] lists",
            "/defaultOperatingPoint | \"c9\" | defaultOperatingPoint is [c9]; needed: one of [",
            "/golden/0/kind | \"sound\" | sound"})
    void namesTheField(String pointer, String json, String words) throws IOException {
        pack.set(pointer, json);
        assertTrue(refusal().contains(words), () -> refusal());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {
            "/graphs/encoder/file | \"other.onnx\" | graphs.encoder.file is [other.onnx]",
            "/graphs/encoder/data/0 | \"codec/hyper.bin\" | a file beside encoder.onnx",
            "/graphs/encoder/inputs/0/dtype | \"float64\" | unknown dtype float64",
            "/graphs/encoder/inputs/0/dtype | \"float16\" | graphs.encoder.inputs.pixel_values is [float16",
            "/graphs/encoder/outputs/0/shape | [1, -1, 8] | graphs.encoder.outputs.last_hidden_state",
            "/graphs/encoder/outputs/0/shape | [1, 0, 8] | shape of graphs.encoder.outputs.last_hidden_state is [[1, 0, 8]]",
            "/graphs/encoder/outputs/0/shape | [1, 2147483647, 2147483647] | at most 2^40 elements",
            "/graphs/encoder/outputs/0/shape | [1,1,1,1,1,1,1,1,1] | dimensions of graphs.encoder.outputs",
            "/graphs/encoder/outputs/1/name | \"last_hidden_state\" | each name once",
            "/graphs/hyper_analysis/outputs/0/name | \"router\" | an output expert among them",
            "/graphs/hyper_analysis/outputs/0/dtype | \"int32\" | graphs.hyper_analysis.outputs.expert is [int32 [-1]]",
            "/graphs/projector/inputs/0/shape | [1, 3, 8] | needed: float32 [1, -1 (dynamic), 8]",
            "/graphs/projector/inputs/0/name | \"x\" | list of inputs of graphs.projector",
            "/graphs/decoder/outputs/0/shape | [1, 1, 51] | graphs.decoder.outputs.logits",
            "/graphs/decoder/inputs/4 | {\"name\":\"x\",\"dtype\":\"int64\",\"shape\":[1]} | optionally [position_ids] and no other",
            "/graphs/Bad Name | {} | the name of a graph is [Bad Name]",
            "/language/layers | 2 | past_key_values.1.key", "/language/layers | 1000000 | language.layers",
            "/language/headWidth | 7 | graphs.decoder.inputs.past_key_values.0.key",
            "/language/stopTokens | [50] | language.stopTokens is [50]",
            "/language/stopTokens | [] | language.stopTokens",
            "/language/tokenizer | \"t.json\" | language.tokenizer is [t.json]",
            "/language/prefix | null | language.prefix is [null]"})
    void holdsGraphsAndLanguageAgainstEachOther(String pointer, String json, String words) throws IOException {
        pack.set(pointer, json);
        assertTrue(refusal().contains(words), () -> refusal());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {
            "/operatingPoints/0/id | 0 | operatingPoints.c3.id is [0]",
            "/operatingPoints/1/id | 1 | operatingPoints.photo.id is [1]; needed: each id once",
            "/operatingPoints/1/name | \"c3\" | each name once", "/operatingPoints/1/name | \"raw\" | jpeg-q30-c16",
            "/operatingPoints/0/method | \"magic\" | operatingPoints.c3.method is [magic]; needed: one of [tofc",
            "/operatingPoints/0/clusters | 7 | operatingPoints.c3.clusters is [7]; needed: a whole number from 1 to 6",
            "/operatingPoints/0/clusters | 0 | operatingPoints.c3.clusters is [0]",
            "/operatingPoints/0/neighbours | 65 | operatingPoints.c3.neighbours",
            "/operatingPoints/0/step | 0 | operatingPoints.c3.step", "/operatingPoints/0/step | 1e39 | c3.step",
            "/operatingPoints/0/scaleShift | 40000 | operatingPoints.c3.scaleShift",
            "/operatingPoints/0/quality | 3 | operatingPoints.c3.quality",
            "/operatingPoints/1/format | \"avif\" | operatingPoints.photo.format is [avif]; needed: jpeg or webp",
            "/operatingPoints/1/step | 1 | no step", "/operatingPoints/1/quality | 101 | operatingPoints.photo.quality",
            "/operatingPoints | [] | operatingPoints is [0]",
            "/golden/0/graph | \"head\" | golden.0.graph is [head]",
            "/golden/0/inputs | {} | golden.0.inputs is [[]]; needed: every input",
            "/golden/0/outputs | {\"x\":\"golden/z.bin\"} | golden.0.outputs is [x]",
            "/golden/0/shapes | {} | golden.0.shapes.pixel_values is [null]",
            "/golden/0/shapes/last_hidden_state | [1, 6, 9] | a shape that fits the declared [1, 6, 8]",
            "/golden/0/inputs/pixel_values | \"golden/z.bin\" | the size of golden/z.bin, which golden.0 names, is [48]",
            "/golden/0/tolerance | 0 | golden.0.tolerance",
            "/golden/1/operatingPoint | \"photo\" | golden.1.operatingPoint is [photo]",
            "/golden/1/expert | \"golden/z.bin\" | needed: 24 bytes",
            "/golden/1/slices | [\"golden/slice-1.bin\"] | golden.1.slices is [golden/slice-1.bin]",
            "/golden/2/ids | [50] | golden.2.ids is [50]"})
    void holdsPointsAndGoldenVectorsAgainstTheRest(String pointer, String json, String words) throws IOException {
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

    @ParameterizedTest
    @ValueSource(strings = {"encoder", "hyper_analysis", "projector", "embed_tokens", "decoder"})
    void refusesAMissingGraph(String graph) throws IOException {
        pack.remove("/graphs", graph);
        assertTrue(refusal().contains("a graph " + graph + " among them"), () -> refusal());
    }

    @Test
    void refusesTofcWithoutACodecAndTextWithoutALanguage() throws IOException {
        pack.remove("", "codec");
        assertTrue(refusal().contains("a [codec] in the manifest"), () -> refusal());
        pack = new TestPack(folder).remove("", "language");
        assertTrue(refusal().contains("language, which golden.2 needs"), () -> refusal());
    }

    @Test
    void readsAPackWithoutCodecAndLanguage() throws IOException {
        pack.remove("", "codec").remove("", "language").set("/golden", "[]").set("/defaultOperatingPoint", "\"photo\"");
        pack.set("/operatingPoints", "[" + pack.manifest.at("/operatingPoints/1") + "]");
        Pack opened = assertDoesNotThrow(() -> pack.open());
        assertThrows(PackException.class, opened::codecModel);
    }

    @Test
    void refusesWhatIsNoJsonOrSaysAThingTwice() throws IOException {
        for (String json : List.of("", "{", "[]", "null", "{\"schema\":1,\"schema\":1}", "{\"schema\":1} x")) {
            Files.writeString(folder.resolve("pack.json"), json);
            PackException refusal = assertThrows(PackException.class, () -> Pack.open(folder));
            assertTrue(refusal.getMessage().startsWith("reading [pack.json]"), refusal.getMessage());
        }
    }

    @Test
    void understandsAdHocPoints() throws IOException {
        Pack opened = pack.open();
        for (OperatingPoint point : List.of(OperatingPoint.raw(0), OperatingPoint.raw(4),
                OperatingPoint.image("jpeg", 30, 0), OperatingPoint.image("webp", 100, 16))) {
            assertEquals(point, opened.operatingPoint(point.name()));
        }
        for (String name : List.of("c4", "raw-c0", "jpeg-q0", "jpeg-q101", "jpeg-q05", "avif-q30", "webp-q3-c")) {
            PackException refusal = assertThrows(PackException.class, () -> opened.operatingPoint(name));
            assertTrue(refusal.getMessage().contains("c3, photo"), refusal.getMessage());
        }
    }
}
