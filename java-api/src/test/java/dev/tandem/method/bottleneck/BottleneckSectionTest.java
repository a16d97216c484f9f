package dev.tandem.method.bottleneck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.method.Host;
import dev.tandem.method.PackHeads;
import dev.tandem.method.PackMethods;
import dev.tandem.method.TinyPack;
import dev.tandem.method.latent.LatentMap;
import dev.tandem.method.latent.RandomLatents;
import dev.tandem.pack.ChangedPack;
import dev.tandem.pack.Pack;
import dev.tandem.pack.PackException;
import dev.tandem.task.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tiny pack with one thing of its manifest changed. */
class BottleneckSectionTest {
    @TempDir
    private Path folder;

    private Pack changed(String pointer, String json) throws IOException {
        return new ChangedPack(TinyBottleneck.FOLDER, folder).changed(pointer, json);
    }

    private Pack rewritten(String path, byte[] bytes) throws IOException {
        return new ChangedPack(TinyBottleneck.FOLDER, folder).rewritten(path, bytes);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "/methods/bottleneck/rungs | {} | rungs of methods.bottleneck",
            "/methods/bottleneck/rungs/fine | null | rungs.fine",
            "/methods/bottleneck/rungs/A b | {} | name of a rung",
            "/methods/bottleneck/rungs/fine/lambda | -1 | lambda",
            "/methods/bottleneck/rungs/fine/lambda | 2e6 | lambda",
            "/methods/bottleneck/rungs/fine/gain | 1 | gain",
            "/methods/bottleneck/rungs/fine/tables | \"codec/none.bin\" | tables",
            "/methods/bottleneck/rungs/fine/encoder | \"none\" | encoder",
            "/methods/bottleneck/rungs/fine/encoder | \"mean\" | list of inputs",
            "/methods/bottleneck/experts | 3 | experts",
            "/methods/bottleneck/golden/0/point | \"none\" | golden",
            "/methods/bottleneck/golden/0/latent | \"labels.txt\" | size of labels.txt",
            "/methods/bottleneck/golden/0/slices | [\"none.bin\"] | none.bin",
            "/points/0/knobs/rung | \"finest\" | one of the rungs [fine, coarse]",
            "/points/0/knobs/rung | \"No\" | rung",
            "/points/0/knobs/rung | null | rung",
            "/points/0/knobs/slices | 256 | slices",
            "/points/0/knobs/slices | -1 | slices",
            "/points/0/knobs/lambda | 0.5 | lambda",
            "/graphs/encoder-fine/outputs/0/shape | [1,48,-1,12] | latent",
            "/graphs/encoder-fine/outputs/0/shape | [1,5000,8,12] | limits",
            "/graphs/encoder-fine/outputs/0/shape | [1,4096,2048,2048] | limits",
            "/graphs/encoder-fine/outputs/0/dtype | \"float16\" | latent",
            "/graphs/encoder-fine/outputs/0/name | \"y\" | latent",
            "/graphs/encoder-fine/inputs/0/shape | [1,3,64,100] | pixel_values"})
    void eachWrongFieldIsRefusedByItsName(String pointer, String json, String words) throws IOException {
        PackException refused = assertThrows(PackException.class, () -> PackMethods.of(changed(pointer, json)));
        assertTrue(refused.getMessage().contains(words), refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "/heads/0/settings/graph | \"none\" | graph",
            "/heads/0/settings/graph | \"preview\" | logits",
            "/heads/0/settings/labels | \"none.txt\" | labels",
            "/heads/0/settings/backbone | \"\" | backbone",
            "/heads/0/settings/backbone | null | backbone",
            "/heads/0/settings/colour | 1 | colour",
            "/heads/1/settings/rungs/fine | \"preview\" | logits",
            "/heads/1/settings/rungs/fine | \"none\" | one of the graphs",
            "/heads/1/settings/rungs/No | \"peak\" | rungs",
            "/graphs/peak-fine/outputs/0/shape | [1,6] | logits",
            "/graphs/mean/outputs/0/shape | [1,65537] | classes",
            "/graphs/mean/inputs/0/shape | [1,48,8,12] | latent",
            "/graphs/mean/inputs/0/shape | [1,-1,-1,-1] | latent",
            "/graphs/mean/inputs/0/name | \"tokens\" | list of inputs",
            "/heads/2/settings/graph | \"mean\" | picture",
            "/heads/2/settings/labels | \"labels.txt\" | labels",
            "/graphs/preview/outputs/0/shape | [1,3,64,97] | picture",
            "/graphs/preview/outputs/0/shape | [1,1,64,96] | picture"})
    void eachWrongHeadIsRefusedByItsName(String pointer, String json, String words) throws IOException {
        PackException refused = assertThrows(PackException.class, () -> PackHeads.of(changed(pointer, json)));
        assertTrue(refused.getMessage().contains(words), refused.getMessage());
    }

    @Test
    void linesOfLabelsAreCountedWhenTheyAreRead() throws IOException {
        Pack pack = rewritten("labels.txt", "ant\nbee\n".getBytes());
        Host host = Host.of(null);
        assertTrue(assertThrows(PackException.class, () -> PackHeads.of(pack).all().getFirst().replay(host))
                .getMessage().contains("[2 lines]"));
    }

    @Test
    void tablesThatDoNotFitAreRefusedWhenAHalfIsMade() throws IOException {
        for (byte[] tables : List.of(RandomLatents.tables(1, 47).toBytes(), new byte[40])) {
            PackMethods methods = PackMethods.of(rewritten("codec/fine.bin", tables));
            try (var engine = TinyPack.engine()) {
                Host host = Host.of(engine);
                PackException edge = assertThrows(PackException.class, () -> methods.section("bottleneck").edge(host));
                assertTrue(edge.getMessage().contains("codec/fine.bin") && edge.getMessage().contains("48 channels"),
                        edge.getMessage());
                assertThrows(PackException.class, () -> methods.section("bottleneck").device(host));
                assertFalse(methods.section("bottleneck").replay(host).getFirst().passed());
            }
        }
    }

    /** Each point's tables in the points' order, so that no renaming of rungs gives the same hash. */
    @Test
    void theHashCoversWhichTablesAPointMeans() throws IOException {
        byte[] hash = TinyBottleneck.METHODS.hashes().get("bottleneck");
        assertEquals(List.of("codec/fine.bin", "codec/coarse.bin", "codec/coarse.bin"),
                TinyBottleneck.METHODS.section("bottleneck").codingFiles());
        String swapped = TinyBottleneck.PACK.section("bottleneck").get("rungs").toString()
                .replace("codec/fine", "codec/x")
                .replace("codec/coarse", "codec/fine").replace("codec/x", "codec/coarse");
        assertFalse(Arrays.equals(hash,
                PackMethods.of(changed("/methods/bottleneck/rungs", swapped)).hashes().get("bottleneck")));
        assertArrayEquals(hash, PackMethods.of(changed("/methods/bottleneck/rungs/fine/lambda", "0.5")).hashes()
                .get("bottleneck"));
    }

    @Test
    void theHeadsThatReadALatentMapAreNamed() {
        assertEquals(List.of("mean ([Classify] from LatentMap)", "peak ([Classify] from LatentMap)",
                "person ([Preview] from LatentMap)"), TinyBottleneck.HEADS.described());
        assertTrue(TinyBottleneck.HEADS.choose("swin", new Task.Classify(1), LatentMap.class).isEmpty());
        assertEquals("peak", TinyBottleneck.HEADS.choose("peak", new Task.Classify(1), LatentMap.class).orElseThrow()
                .name());
    }
}
