package dev.tandem.hil.lab.sharing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.pack.GraphSpec;
import dev.tandem.pack.Pack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class StrayPackTest {

    @Test
    void aGraphReadsWhatTheManifestDoesNotName() throws Exception {
        Pack pack = FatSliceTest.tiny();
        byte[] before = Files.readAllBytes(pack.folder().resolve("pack.json"));
        StrayPack stray = new StrayPack();
        stray.make(pack);
        try {
            JsonNode manifest = new ObjectMapper().readTree(stray.folder().resolve("pack.json").toFile());
            assertFalse(manifest.path("files").has(stray.stray()), "the manifest names it");
            GraphSpec graph = pack.manifest().graphs().values().stream()
                    .filter(each -> text(stray.folder().resolve(each.file())).contains(stray.stray())).findFirst()
                    .orElseThrow();
            byte[] model = Files.readAllBytes(stray.folder().resolve(graph.file()));
            assertEquals(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(model)),
                    manifest.path("files").path(graph.file()).path("sha256").asText());
            assertFalse(text(stray.folder().resolve(graph.file())).contains(graph.data().getFirst()));
            byte[] named = Files.readAllBytes(stray.folder().resolve(graph.data().getFirst()));
            byte[] changed = Files.readAllBytes(stray.folder().resolve(stray.stray()));
            assertEquals(named.length, changed.length);
            assertEquals(1, named[0] ^ changed[0]);
            assertArrayEquals(before, Files.readAllBytes(pack.folder().resolve("pack.json")), "the pack itself");
        } finally {
            stray.delete();
        }
        assertTrue(Files.notExists(stray.folder()));
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
