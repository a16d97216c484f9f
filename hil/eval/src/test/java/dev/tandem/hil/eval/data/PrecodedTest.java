package dev.tandem.hil.eval.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.command.CommandFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
        assertTrue(precoded.has("avif", 20, 0));
        assertFalse(precoded.has("avif", 40, 0));
        assertFalse(precoded.has("vif", 20, 0));
        assertEquals(new Precoded.Entry(1234, folder.resolve("out/a.png"), null), precoded.get("a.png", "avif", 20, 0));
        assertTrue(assertThrows(CommandFailedException.class, () -> precoded.get("b.png", "avif", 20, 0)).getMessage()
                .contains("make it with training/precode.py"));
    }

    @Test
    void refusesAnIndexThatLiesOrLeavesItsFolder() {
        for (String bad : new String[]{"image\tcodec\n", HEADER + "a\tavif\tmany\t1\tx.png\n",
                HEADER + "a\tavif\t1\t1\t../x.png\n", HEADER + "a\tavif\t1\n",
                HEADER.strip() + "\tfile\na\tavif\t1\t1\tx.png\t../../x.avif\n"}) {
            assertThrows(CommandFailedException.class, () -> index(bad), bad);
        }
    }

    @Test
    void aFileIsCutAsPictureFilesAre() {
        // A slice holds 1,100 bytes, five of them its own.
        assertEquals(List.of(6), Precoded.sliceBytes(1));
        assertEquals(List.of(1100), Precoded.sliceBytes(1095));
        assertEquals(List.of(1100, 6), Precoded.sliceBytes(1096));
    }

    @Test
    void aPictureMayHaveBeenShrunkAndItsFileKept() throws IOException {
        Precoded precoded = index("image\tcodec\tquality\tside\tbytes\tdecoded\tfile\n"
                + "a.png\tavif\t20\t0\t900\ta.png\ta.avif\na.png\tavif\t20\t112\t300\tb.png\tb.avif\n");
        assertEquals(Set.of("avif-q20", "avif-q20-112"), precoded.forms());
        assertEquals(new Precoded.Entry(300, folder.resolve("b.png"), folder.resolve("b.avif")),
                precoded.get("a.png", "avif", 20, 112));
        assertFalse(precoded.has("avif", 20, 80));
    }

    private Precoded index(String text) throws IOException {
        Files.writeString(folder.resolve("index.tsv"), text);
        return new Precoded(folder);
    }
}
