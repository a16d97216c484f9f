package dev.tandem.method.tofc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.method.PackMethods;
import dev.tandem.method.tofc.codec.RandomCodecModels;
import dev.tandem.pack.PackException;
import dev.tandem.pack.TestPack;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables and integer network: one thing wrong at a time. */
class CodecFilesTest {
    @TempDir
    Path folder;
    private TestPack pack;

    @BeforeEach
    void write() throws IOException {
        pack = new TestPack(folder);
    }

    private TofcSection section() throws IOException {
        return (TofcSection) PackMethods.of(pack.open()).section("tofc");
    }

    private void refused(String... words) throws IOException {
        TofcSection section = section();
        PackException refusal = assertThrows(PackException.class, section::codecModel);
        for (String word : words) {
            assertTrue(refusal.getMessage().contains(word), "[" + word + "] is not in: " + refusal.getMessage());
        }
        assertTrue(refusal.getMessage().contains("needed: "), refusal.getMessage());
    }

    @Test
    void readsTheModelOfAWholePack() throws IOException {
        assertEquals(2, section().codecModel().experts());
        assertEquals(1, section().codecModel().steps().get(0).id());
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
