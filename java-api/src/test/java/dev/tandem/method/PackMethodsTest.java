package dev.tandem.method;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.method.tokens.TokenSet;
import dev.tandem.pack.PackException;
import dev.tandem.pack.TestPack;
import dev.tandem.task.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sections, points and heads: one value wrong at a time, named in the message. */
class PackMethodsTest {
    @TempDir
    Path folder;
    private TestPack pack;

    @BeforeEach
    void write() throws IOException {
        pack = new TestPack(folder);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {
            "/methods/magic | {} | is [magic]; needed: one that this Tandem has: [",
            "/methods/tofc/model | 3 | unknown field model at methods.tofc",
            "/methods/tofc/experts | 1000000 | methods.tofc.experts",
            "/methods/tofc/experts | \"2\" | methods.tofc/experts",
            "/methods/tofc/tokenWidth | 9 | methods.tofc.tokenWidth is [9]",
            "/methods/tofc/hyperWidth | 5 | graphs.hyper_analysis.outputs.z",
            "/methods/tofc/tables | \"codec/other.bin\" | is [codec/other.bin]; needed: a file that [files] lists",
            "/methods/tofc/hyper | null | methods.tofc is [null]",
            "/methods/tofc/encoder | \"eye\" | methods.tofc.encoder is [eye]; needed: one of the graphs",
            "/methods/tofc/analysis | null | methods.tofc.analysis is [null]",
            "/methods/raw/encoder | null | methods.raw.encoder is [null]",
            "/methods/image | {} | methods.image.encoder",
            "/preprocessing/height | 9 | graphs.encoder.inputs.pixel_values is [float32 [1, 3, 8, 8]]",
            "/graphs/encoder/inputs/0/dtype | \"int32\" | graphs.encoder.inputs.pixel_values is [int32",
            "/graphs/hyper_analysis/outputs/0/name | \"router\" | an output expert among them",
            "/graphs/hyper_analysis/outputs/0/dtype | \"int32\" | graphs.hyper_analysis.outputs.expert is [int32 [-1]]",
            "/methods/tofc/golden/0/point | \"photo\" | golden of photo is [photo]",
            "/methods/tofc/golden/0/expert | \"golden/z.bin\" | needed: 24 bytes",
            "/methods/tofc/golden/0/slices | [\"golden/slice-1.bin\"] | is [golden/slice-1.bin]"})
    void namesTheFieldOfASection(String pointer, String json, String words) throws IOException {
        pack.set(pointer, json);
        String refusal = assertThrows(PackException.class, () -> PackMethods.of(pack.open())).getMessage();
        assertTrue(refusal.contains(words), refusal);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {
            "/points/1/name | \"raw\" | jpeg-q30-c16",
            "/points/0/knobs/clusters | 7 | needed: a whole number from 1 to 6",
            "/points/0/knobs/clusters | 0 | points.c3.clusters is [0]",
            "/points/0/knobs/neighbours | 65 | points.c3.neighbours", "/points/0/knobs/step | 0 | points.c3.knobs.step",
            "/points/0/knobs/step | 1e39 | points.c3.knobs.step",
            "/points/0/knobs/scaleShift | 40000 | points.c3.knobs.scaleShift",
            "/points/0/knobs/slices | 256 | points.c3.knobs.slices",
            "/points/0/knobs/quality | 3 | unknown field quality at points.c3.knobs",
            "/points/1/knobs/format | \"avif\" | is [avif]; needed: one of [jpeg, webp]",
            "/points/1/knobs/step | 1 | unknown field step",
            "/points/1/knobs/quality | 101 | points.photo.knobs.quality"})
    void namesTheKnobOfAPoint(String pointer, String json, String words) throws IOException {
        pack.set(pointer, json);
        String refusal = assertThrows(PackException.class, () -> PackMethods.of(pack.open())).getMessage();
        assertTrue(refusal.contains(words), refusal);
    }

    @Test
    void understandsAdHocPoints() throws IOException {
        PackMethods methods = PackMethods.of(pack.open());
        for (String name : List.of("raw", "raw-c4", "jpeg-q30", "jpeg-q1", "webp-q100-c16")) {
            Point point = methods.point(name);
            assertEquals(0, point.id());
            assertEquals(name, point.name());
            assertEquals(point, methods.point(name));
        }
        for (String name : List.of("c4", "raw-c0", "raw-c99999", "jpeg-q0", "jpeg-q101", "jpeg-q05", "avif-q30",
                "webp-q3-c")) {
            PackException refusal = assertThrows(PackException.class, () -> methods.point(name));
            assertTrue(refusal.getMessage().contains("1 c3, 2 photo"), refusal.getMessage());
        }
    }

    @Test
    void findsPointsByIdByNameAndByMethod() throws IOException {
        PackMethods methods = PackMethods.of(pack.open());
        assertEquals("photo", methods.point(2).name());
        assertEquals("c3", methods.defaultPoint().name());
        assertEquals("raw", methods.first("raw").name());
        assertEquals("photo", methods.first("image").name());
        assertThrows(PackException.class, () -> methods.point(9));
        assertThrows(PackException.class, () -> methods.first("squash"));
    }

    @Test
    void hashesWhatBothEndsMustHoldAlikeAndNothingElse() throws IOException {
        byte[] before = PackMethods.of(pack.open()).hashes().get("tofc");
        pack.set("/licence", "\"other\"").set("/heads", "[]").write("weights.bin", new byte[101]);
        assertArrayEquals(before, PackMethods.of(pack.open()).hashes().get("tofc"));
        pack.set("/points/0/knobs/step", "0.25");
        assertFalse(Arrays.equals(before, PackMethods.of(pack.open()).hashes().get("tofc")));
        pack.set("/points/0/knobs/step", "0.5").write("codec/tables.bin", new byte[64]);
        assertFalse(Arrays.equals(before, PackMethods.of(pack.open()).hashes().get("tofc")));
    }

    @Test
    void choosesTheHeadThatAnswersATask() throws IOException {
        pack.set("/heads", "[" + pack.manifest.at("/heads/1") + "]");
        PackHeads heads = PackHeads.of(pack.open());
        assertEquals("things", heads.choose("", new Task.Classify(5), TokenSet.class).orElseThrow().name());
        assertEquals("things", heads.choose("things", new Task.Classify(5), TokenSet.class).orElseThrow().name());
        assertTrue(heads.choose("other", new Task.Classify(5), TokenSet.class).isEmpty());
        assertTrue(heads.choose("", new Task.Question("What?", 0), TokenSet.class).isEmpty());
        assertTrue(heads.choose("", new Task.Classify(5), Evidence.class).isEmpty());
        assertEquals(List.of("things ([Classify] from TokenSet)"), heads.described());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {
            "/heads/1/kind | \"sounds\" | a kind that this end can run: [brightness, labels",
            "/heads/1/settings/graph | \"projector\" | an output logits among them",
            "/heads/1/settings/labels | \"names.txt\" | heads.things.settings.labels is [names.txt]",
            "/heads/1/settings/top | 5 | unknown field top"})
    void namesTheFieldOfAHead(String pointer, String json, String words) throws IOException {
        pack.set(pointer, json);
        pack.set("/heads", "[" + pack.manifest.at("/heads/1") + "]");
        String refusal = assertThrows(PackException.class, () -> PackHeads.of(pack.open())).getMessage();
        assertTrue(refusal.contains(words), refusal);
    }
}
