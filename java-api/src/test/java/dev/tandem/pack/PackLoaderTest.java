package dev.tandem.pack;

import static dev.tandem.pack.OnnxBytes.field;
import static dev.tandem.pack.OnnxBytes.model;
import static dev.tandem.pack.OnnxBytes.outside;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Files and hashes: one thing wrong at a time. */
class PackLoaderTest {
    @TempDir
    Path folder;
    private TestPack pack;

    @BeforeEach
    void write() throws IOException {
        pack = new TestPack(folder);
    }

    private void refused(String... words) {
        PackException refusal = assertThrows(PackException.class, () -> pack.open());
        for (String word : words) {
            assertTrue(refusal.getMessage().contains(word), "[" + word + "] is not in: " + refusal.getMessage());
        }
        assertTrue(refusal.getMessage().contains("needed: "), refusal.getMessage());
    }

    @Test
    void opensAWholePackAndHashesIt() throws IOException {
        Pack opened = pack.open();
        assertEquals(TestPack.sha256(Files.readAllBytes(folder.resolve("pack.json"))),
                HexFormat.of().formatHex(opened.hash()));
        assertEquals("c3", opened.manifest().defaultPoint());
        assertEquals(folder.resolve("encoder.onnx").toAbsolutePath(), opened.graphFile("encoder"));
        assertThrows(PackException.class, () -> opened.file("pack.json"));
        assertThrows(PackException.class, () -> opened.graph("other"));
    }

    @Test
    void refusesAFolderThatIsNotThere() {
        PackException none = assertThrows(PackException.class, () -> Pack.open(folder.resolve("no")));
        assertTrue(none.getMessage().contains("no such folder"), none.getMessage());
        PackException empty = assertThrows(PackException.class, () -> Pack.open(folder));
        assertTrue(empty.getMessage().contains("pack.json"), empty.getMessage());
    }

    @Test
    void refusesAManifestThatIsHuge() throws IOException {
        Files.writeString(folder.resolve("pack.json"), " ".repeat(5 << 20));
        PackException huge = assertThrows(PackException.class, () -> Pack.open(folder));
        assertTrue(huge.getMessage().contains("at most 4194304 bytes"), huge.getMessage());
    }

    @Test
    void refusesAMissingFile() throws IOException {
        Files.delete(folder.resolve("weights.bin"));
        refused("[weights.bin]", "[no such file]");
    }

    @Test
    void refusesAFileOfAnotherSize() throws IOException {
        Files.write(folder.resolve("weights.bin"), new byte[99]);
        refused("[weights.bin]", "[99 bytes]", "100 bytes");
    }

    @Test
    void refusesAFileOfAnotherHashWhoeverUsesIt() throws IOException {
        byte[] changed = new byte[100];
        changed[50] = 1;
        Files.write(folder.resolve("weights.bin"), changed);
        Pack opened = pack.open();
        for (Executable use : List.<Executable>of(() -> opened.file("weights.bin"), () -> opened.bytes("weights.bin"),
                () -> opened.graphFile("encoder"), () -> opened.verify(path -> {
                }))) {
            String words = assertThrows(PackException.class, use).getMessage();
            assertTrue(words.contains("[weights.bin]") && words.contains("SHA-256 " + TestPack.sha256(changed))
                    && words.contains(TestPack.sha256(new byte[100])), words);
        }
    }

    @Test
    void refusesAFolderInAFilesPlace() throws IOException {
        Files.delete(folder.resolve("weights.bin"));
        Files.createDirectory(folder.resolve("weights.bin"));
        refused("[weights.bin]", "not a plain file");
    }

    @Test
    void refusesALinkEvenInsideTheFolder() throws IOException {
        Path copy = Files.move(folder.resolve("weights.bin"), folder.resolve("w.bin"));
        Files.createSymbolicLink(folder.resolve("weights.bin"), copy);
        refused("[weights.bin]", "weights.bin is a symbolic link");
    }

    @Test
    void refusesALinkedFolderOnTheWay(@TempDir Path elsewhere) throws IOException {
        Path moved = elsewhere.resolve("golden");
        Files.move(folder.resolve("golden"), moved);
        Files.createSymbolicLink(folder.resolve("golden"), moved);
        refused("golden is a symbolic link");
    }

    @Test
    void sharesAFileWithAPackBesideIt(@TempDir Path both) throws IOException {
        TestPack first = new TestPack(Files.createDirectory(both.resolve("first")));
        first.open();
        TestPack second = new TestPack(Files.createDirectory(both.resolve("second")));
        Files.delete(second.folder.resolve("weights.bin"));
        Files.delete(second.folder.resolve("encoder.onnx"));
        second.set("/files/weights.bin/pack", "\"first\"").set("/files/encoder.onnx/pack", "\"first\"");
        Pack opened = second.open();
        assertEquals(both.resolve("first/encoder.onnx").toAbsolutePath(), opened.graphFile("encoder"));
        TestPack third = new TestPack(Files.createDirectory(both.resolve("third")));
        third.write("encoder.onnx", model(field(5, outside("weights.bin"))));
        Files.delete(third.folder.resolve("weights.bin"));
        Pack lent = third.set("/files/weights.bin/pack", "\"first\"").open();
        assertEquals(third.folder.resolve("encoder.onnx").toAbsolutePath(), lent.graphFile("encoder"));
        assertEquals(both.resolve("first/weights.bin").toAbsolutePath(), lent.file("weights.bin"));
        Files.delete(first.folder.resolve("weights.bin"));
        Pack alone = Pack.open(second.folder);
        PackException refusal = assertThrows(PackException.class, () -> alone.graphFile("encoder"));
        assertTrue(refusal.getMessage().contains("[weights.bin]")
                && refusal.getMessage().contains("in the pack first beside it"), refusal.getMessage());
        assertThrows(PackException.class, () -> alone.verify(path -> {
        }));
    }
}
