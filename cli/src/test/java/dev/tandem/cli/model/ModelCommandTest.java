package dev.tandem.cli.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.cli.Run;
import dev.tandem.command.ExitCodes;
import dev.tandem.hil.eval.TinyPack;
import dev.tandem.method.PackMethods;
import dev.tandem.pack.HeadSpec;
import dev.tandem.pack.Pack;
import dev.tandem.pack.PointSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCommandTest {
    @TempDir
    private Path folder;

    @Test
    void infoShowsMethodsPointsAndHeads() {
        Pack pack = Pack.open(TinyPack.folder());
        Run info = Run.of("model", "info", TinyPack.folder().toString());
        assertEquals(0, info.code(), info.err());
        PackMethods.of(pack).hashes().forEach((method, hash) -> assertTrue(
                info.out().contains(method) && info.out().contains(HexFormat.of().formatHex(hash)), info.out()));
        for (PointSpec point : pack.manifest().points()) {
            assertTrue(info.out().contains(point.name()), point.name() + " in " + info.out());
        }
        assertTrue(info.out().contains(pack.manifest().defaultPoint() + " (default)"), info.out());
        assertTrue(info.out().contains("clusters 16"), info.out());
        for (HeadSpec head : pack.manifest().heads()) {
            assertTrue(info.out().contains(head.name()) && info.out().contains(head.kind()), info.out());
        }
        assertTrue(info.out().contains(HexFormat.of().formatHex(pack.hash())), info.out());
    }

    @Test
    void infoAsJsonIsTheManifest() throws IOException {
        Run info = Run.of("model", "info", "--json", "--pack", TinyPack.folder().toString());
        assertEquals(0, info.code(), info.err());
        JsonNode stored = new ObjectMapper().readTree(Files.readAllBytes(TinyPack.folder().resolve("pack.json")));
        assertEquals(stored, new ObjectMapper().readTree(info.out()));
    }

    @Test
    void infoLooksAtSizesAndVerifyAtHashes() throws IOException {
        Path copy = copy();
        Path graph = copy.resolve("projector.onnx");
        byte[] bytes = Files.readAllBytes(graph);
        bytes[bytes.length / 2] ^= 1;
        Files.write(graph, bytes);
        assertEquals(0, Run.of("model", "info", copy.toString()).code(), "nothing is hashed");
        Run verify = Run.of("model", "verify", copy.toString());
        assertEquals(ExitCodes.DATA, verify.code(), verify.out());
        assertTrue(verify.err().contains("projector.onnx") && verify.err().contains("SHA-256"), verify.err());
        Files.write(graph, new byte[]{1});
        assertEquals(ExitCodes.DATA, Run.of("model", "info", copy.toString()).code());
    }

    @Test
    void verifyReplaysGraphsCodecsAndHeads() throws IOException {
        Run verify = Run.of("model", "verify", "--pack", TinyPack.folder().toString(), "--json");
        assertEquals(0, verify.code(), verify.out() + verify.err());
        JsonNode results = new ObjectMapper().readTree(verify.out());
        for (String kind : new String[]{"graph", "codec", "text"}) {
            assertTrue(results.findValuesAsText("kind").contains(kind), kind + " in " + verify.out());
        }
        Run words = Run.of("model", "verify", TinyPack.folder().toString());
        assertTrue(words.out().contains("all hashes right") && words.out().contains("all within tolerance"),
                words.out());
    }

    private Path copy() throws IOException {
        Path copy = folder.resolve("copy");
        try (Stream<Path> files = Files.walk(TinyPack.folder())) {
            for (Path file : files.toList()) {
                Path to = copy.resolve(TinyPack.folder().relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(file, to);
                }
            }
        }
        return copy;
    }
}
