package dev.tandem.method.squeeze;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.engine.Engine;
import dev.tandem.method.Host;
import dev.tandem.method.PackHeads;
import dev.tandem.method.PackMethods;
import dev.tandem.method.TinyPack;
import dev.tandem.method.latent.RandomLatents;
import dev.tandem.pack.ChangedPack;
import dev.tandem.pack.Pack;
import dev.tandem.pack.PackException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tiny pack with one thing of its manifest changed; - takes a field away. */
class SqueezeSectionTest {
    @TempDir
    private Path folder;

    private Pack changed(String pointer, String json) throws IOException {
        return new ChangedPack(SqueezeRig.FOLDER, folder).changed(pointer, json);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "/methods/squeeze/rungs | {} | rungs of methods.squeeze",
            "/methods/squeeze/rungs | - | rungs of methods.squeeze",
            "/methods/squeeze/rungs/half | null | rungs.half",
            "/methods/squeeze/rungs/A b | {} | name of a rung",
            "/methods/squeeze/rungs/half/scale | 3 | half.scale is [3]; needed: 2 or 4",
            "/methods/squeeze/rungs/half/scale | - | scale",
            "/methods/squeeze/rungs/half/scale | 4 | squeezed",
            "/methods/squeeze/rungs/half/lambda | -1 | lambda",
            "/methods/squeeze/rungs/half/gain | 1 | gain",
            "/methods/squeeze/rungs/half/tables | \"codec/none.bin\" | tables",
            "/methods/squeeze/rungs/half/encoder | \"mean-half\" | list of inputs",
            "/methods/squeeze/experts | 3 | experts",
            "/methods/squeeze/golden/0/point | \"none\" | golden",
            "/methods/squeeze/golden/0/latent | \"labels.txt\" | size of labels.txt",
            "/points/0/knobs/rung | \"third\" | one of the rungs [half, quarter]",
            "/points/0/knobs/slices | 256 | slices",
            "/preprocessing/width | 94 | pixel_values",
            "/graphs/encoder-half/outputs/0/shape | [1,12,-1,12] | latent",
            "/graphs/encoder-half/outputs/0/dtype | \"float16\" | latent",
            "/graphs/encoder-half/outputs/1/name | \"small\" | squeezed",
            "/graphs/encoder-half/outputs/1/shape | [1,1,32,48] | squeezed",
            "/graphs/encoder-half/outputs/1/shape | [1,3,48,32] | squeezed"})
    void eachWrongFieldIsRefusedByItsName(String pointer, String json, String words) throws IOException {
        PackException refused = assertThrows(PackException.class, () -> PackMethods.of(changed(pointer, json)));
        assertTrue(refused.getMessage().contains(words), refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "/heads/1/settings/synthetic | \"perhaps\" | synthetic",
            "/heads/1/settings/drift | - | together",
            "/heads/1/settings/labels | - | together",
            "/heads/1/settings/against | - | together",
            "/heads/2/settings/against | \"mean\" | together",
            "/heads/1/settings/drift | \"none\" | drift",
            "/heads/1/settings/drift | \"mean-half\" | list of inputs",
            "/heads/1/settings/labels | \"none.txt\" | labels",
            "/heads/1/settings/labels | \"codec/half.bin\" | the same bytes as labels.txt of the head mean",
            "/heads/1/settings/against | \"plain\" | one of the heads of kind latent-labels, [mean]",
            "/heads/1/settings/against | \"nobody\" | one of the heads of kind latent-labels, [mean]",
            "/heads/1/settings/colour | 1 | colour",
            "/graphs/seer/inputs/0/name | \"pixels\" | list of inputs",
            "/graphs/seer/inputs/0/shape | [1,3,64,97] | picture",
            "/graphs/seer/outputs/0/shape | [1,6] | logits",
            "/graphs/seer/outputs/0/name | \"classes\" | logits"})
    void eachWrongFieldOfAHeadIsRefusedByItsName(String pointer, String json, String words) throws IOException {
        PackException refused = assertThrows(PackException.class, () -> PackHeads.of(changed(pointer, json)));
        assertTrue(refused.getMessage().contains(words), refused.getMessage());
    }

    @Test
    void aRestorerNeedsNoneOfTheNewSettings() throws IOException {
        PackHeads.of(changed("/heads/1/settings", "{\"graph\":\"person-half\"}"));
        assertEquals(List.of("mean ([Classify] from LatentMap)", "person ([Preview] from LatentMap)",
                "plain ([Preview] from LatentMap)"), PackHeads.of(SqueezeRig.PACK).described());
    }

    @Test
    void tablesThatDoNotFitAreRefusedWhenAHalfIsMade() throws IOException {
        PackMethods methods = PackMethods.of(new ChangedPack(SqueezeRig.FOLDER, folder).rewritten("codec/half.bin",
                RandomLatents.tables(1, 11).toBytes()));
        try (Engine engine = TinyPack.engine()) {
            Host host = Host.of(engine);
            String words = assertThrows(PackException.class, () -> methods.section("squeeze").edge(host)).getMessage();
            assertTrue(words.contains("codec/half.bin") && words.contains("12 channels"), words);
            assertThrows(PackException.class, () -> methods.section("squeeze").device(host));
            assertFalse(methods.section("squeeze").replay(host).getFirst().passed());
        }
    }

    @Test
    void theHashCoversTheTablesOfEachPointAndNothingElse() throws IOException {
        assertEquals(List.of("codec/half.bin", "codec/half.bin", "codec/quarter.bin"),
                SqueezeRig.METHODS.section("squeeze").codingFiles());
        assertArrayEquals(SqueezeRig.METHODS.hashes().get("squeeze"),
                PackMethods.of(changed("/methods/squeeze/rungs/half/lambda", "0.5")).hashes().get("squeeze"));
    }
}
