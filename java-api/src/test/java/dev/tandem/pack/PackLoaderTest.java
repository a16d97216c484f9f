package dev.tandem.pack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.method.tofc.codec.RandomCodecModels;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files, hashes and codec: one thing wrong at a time. */
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
        assertEquals(
                TestPack.sha256(Files.readAllBytes(folder.resolve("codec/tables.bin")),
                        Files.readAllBytes(folder.resolve("codec/hyper.bin"))),
                HexFormat.of().formatHex(opened.tableHash()));
        assertEquals("c3", opened.defaultOperatingPoint().name());
        assertEquals(2, opened.codecModel().experts());
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
    void refusesAFileOfAnotherHash() throws IOException {
        byte[] changed = new byte[100];
        changed[50] = 1;
        Files.write(folder.resolve("weights.bin"), changed);
        refused("[weights.bin]", "SHA-256 " + TestPack.sha256(changed), TestPack.sha256(new byte[100]));
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
    void refusesATableThatDoesNotRise() throws IOException {
        byte[] tables = RandomCodecModels.tables(3, 2, 4).toBytes();
        ByteBuffer buffer = ByteBuffer.wrap(tables).order(ByteOrder.LITTLE_ENDIAN);
        int first = 16 + 8 * buffer.getInt(8); // entry 0 of row 0
        buffer.putInt(first + 8, buffer.getInt(first + 4));
        pack.write("codec/tables.bin", tables);
        refused("[codec/tables.bin]", "rising strictly");
    }

    @Test
    void refusesTablesThatAreCutOrOfAnotherModel() throws IOException {
        byte[] tables = RandomCodecModels.tables(3, 2, 4).toBytes();
        pack.write("codec/tables.bin", Arrays.copyOf(tables, tables.length - 4));
        refused("[codec/tables.bin]");
        pack.write("codec/tables.bin", RandomCodecModels.tables(3, 3, 4).toBytes());
        refused("[codec/tables.bin]", "[77 rows]", "73 rows");
    }

    @Test
    void refusesANetworkThatIsCutOrOfAnotherModel() throws IOException {
        byte[] hyper = RandomCodecModels.hyperFile(3, 2, 8, 4, 18);
        pack.write("codec/hyper.bin", Arrays.copyOf(hyper, hyper.length - 1));
        refused("[codec/hyper.bin]", "integer network");
        pack.write("codec/hyper.bin", RandomCodecModels.hyperFile(3, 2, 9, 4, 18));
        refused("[codec/hyper.bin]", "tokens of width 9", "tokens of width 8");
    }
}
