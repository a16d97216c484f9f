package dev.tandem.hil.eval.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.command.CommandFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrecodedTest {
    private static final String HEADER = "image\tcodec\tquality\tbytes\tdecoded\n";

    @TempDir
    private Path folder;

    @Test
    void findsAPictureByCodecAndQuality() throws IOException {
        Precoded precoded = index(HEADER + "a.png\tavif\t20\t1234\tout/a.png\na.png\tavif\t30\t2000\tout/b.png\n");
        assertEquals(Set.of("avif-q20", "avif-q30"), precoded.forms());
        assertTrue(precoded.has("avif", 20));
        assertFalse(precoded.has("avif", 40));
        assertFalse(precoded.has("vif", 20));
        assertEquals(new Precoded.Entry(1234, folder.resolve("out/a.png")), precoded.get("a.png", "avif", 20));
        assertTrue(assertThrows(CommandFailedException.class, () -> precoded.get("b.png", "avif", 20)).getMessage()
                .contains("make it with training/precode.py"));
    }

    @Test
    void refusesAnIndexThatLiesOrLeavesItsFolder() {
        for (String bad : new String[]{"image\tcodec\n", HEADER + "a\tavif\tmany\t1\tx.png\n",
                HEADER + "a\tavif\t1\t1\t../x.png\n"}) {
            assertThrows(CommandFailedException.class, () -> index(bad), bad);
        }
    }

    @Test
    void bytesOnTheWireCountEverySliceWithItsHeaders() {
        // A slice holds 1,100 bytes, five of them its own; a frame header has 12.
        assertEquals(1 + 17, Precoded.wireBytes(1));
        assertEquals(1095 + 17, Precoded.wireBytes(1095));
        assertEquals(1096 + 2 * 17, Precoded.wireBytes(1096));
    }

    private Precoded index(String text) throws IOException {
        Files.writeString(folder.resolve("index.tsv"), text);
        return new Precoded(folder);
    }
}
