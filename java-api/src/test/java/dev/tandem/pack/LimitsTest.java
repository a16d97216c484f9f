package dev.tandem.pack;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every limit of a manifest: the value at it is taken, the one beyond is refused. */
class LimitsTest {
    @TempDir
    Path folder;

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

    /** As many as the list's limit are taken, one more is not. */
    @ParameterizedTest
    @CsvSource({"provenance,256,provenance entries", "heads,64,heads", "golden,1024,golden vectors"})
    void takesSoManyAndNoMore(String field, int most, String words) throws IOException {
        TestPack pack = new TestPack(folder);
        ArrayNode list = pack.manifest.withArrayProperty(field);
        JsonNode one = list.get(0);
        list.removeAll();
        for (int i = 0; i <= most; i++) {
            ObjectNode each = one.deepCopy();
            if (field.equals("heads")) {
                each.put("name", "n" + i);
            }
            list.add(each);
        }
        String refusal = assertThrows(PackException.class, pack::open).getMessage();
        assertTrue(refusal.contains(words + " is [" + (most + 1)), refusal);
        list.remove(most);
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
    void aManifestHasFourMegabytesAtMost() throws IOException {
        new TestPack(folder).open();
        Path file = folder.resolve("pack.json");
        Files.writeString(file, " ".repeat((4 << 20) - (int) Files.size(file)), StandardOpenOption.APPEND);
        assertDoesNotThrow(() -> Pack.open(folder));
        Files.writeString(file, " ", StandardOpenOption.APPEND);
        assertThrows(PackException.class, () -> Pack.open(folder));
    }
}
