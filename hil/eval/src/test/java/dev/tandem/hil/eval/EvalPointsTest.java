package dev.tandem.hil.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.command.CommandFailedException;
import dev.tandem.command.ExitCodes;
import dev.tandem.hil.eval.data.Precoded;
import dev.tandem.method.PackMethods;
import dev.tandem.pack.Pack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvalPointsTest {
    @TempDir
    private Path folder;
    private PackMethods methods;
    private EvalPoints points;

    @BeforeEach
    void openThePack() {
        methods = PackMethods.of(Pack.open(TinyPack.folder()));
        points = new EvalPoints(methods, null);
    }

    @Test
    void everyWordIsThePacksOwn() {
        List<EvalPoint> asked = points.parse("--points", "raw, raw-c16,c16,jpeg-q10-c16,raw");
        assertEquals(List.of("raw", "raw-c16", "c16", "jpeg-q10-c16"), asked.stream().map(EvalPoint::name).toList());
        assertEquals(methods.point("c16"), asked.get(2).point());
        assertEquals("jpeg-q10-c16", asked.get(3).fileName());
        assertFalse(asked.get(3).precoded());
    }

    @Test
    void pointsOfOneSeriesDifferInWhatTheySpend() {
        List<EvalPoint> asked = points.parse("--points", "c8,c16,raw-c16,jpeg-q10,jpeg-q30,jpeg-q10-c16");
        assertEquals(asked.get(0).series(), asked.get(1).series());
        assertEquals("raw-c16", asked.get(2).series());
        assertEquals(List.of("jpeg", "jpeg", "jpeg-c16"),
                asked.subList(3, 6).stream().map(EvalPoint::series).toList());
    }

    @Test
    void anUnknownWordIsRefusedWithThoseThatThereAre() {
        for (String bad : List.of("", "nosuchpoint", "jpeg:10", "merged:16", "jpeg-q0", "raw-c0", "c16,", "avif-q30")) {
            CommandFailedException refused = assertThrows(CommandFailedException.class,
                    () -> points.parse("--points", bad), bad);
            assertEquals(ExitCodes.USAGE, refused.exitCode());
            assertTrue(refused.getMessage().startsWith("--points: ") && refused.getMessage().contains("c16-fine")
                    && refused.getMessage().contains("raw-c16"), refused.getMessage());
        }
        assertEquals(ExitCodes.USAGE, assertThrows(CommandFailedException.class,
                () -> EvalPoints.point(methods, "--point", "tofu")).exitCode());
        assertTrue(EvalPoints.known(methods, "tofu").isEmpty());
        assertTrue(EvalPoints.known(methods, "jpeg-q10").isPresent());
    }

    @Test
    void whatWasCodedAheadOfTimeIsNamedAlike() throws IOException {
        Files.writeString(folder.resolve("index.tsv"),
                "image\tcodec\tquality\tbytes\tdecoded\na.png\tavif\t30\t99\ta.png\na.png\tjpeg\t10\t99\ta.png\n");
        EvalPoints grammar = new EvalPoints(methods, new Precoded(folder));
        List<EvalPoint> asked = grammar.parse("--points", "avif-q30,avif-q30-c16,jpeg-q10");
        assertEquals("avif", asked.get(0).codec());
        assertEquals(30, asked.get(0).quality());
        assertEquals(methods.point("raw"), asked.get(0).point());
        assertEquals(methods.point("raw-c16"), asked.get(1).point());
        assertEquals("avif-c16", asked.get(1).series());
        assertFalse(asked.get(2).precoded(), "what the pack can code it codes itself");
        assertTrue(assertThrows(CommandFailedException.class, () -> grammar.parse("--points", "avif-q40")).getMessage()
                .contains("[avif-q30, jpeg-q10]"));
    }

    @Test
    void withoutWordsAllPointsAreMeantAndTheUncodedIsTheYardstick() {
        List<EvalPoint> all = points.all();
        assertEquals("raw", all.getFirst().name());
        assertEquals(1 + methods.points().size(), all.size());
        assertEquals("raw", EvalPoints.baseline(null, all).name());
        assertEquals("c16", EvalPoints.baseline("c16", all).name());
        assertEquals("c8", EvalPoints.baseline(null, points.parse("--points", "c8,c16")).name());
        assertThrows(CommandFailedException.class, () -> EvalPoints.baseline("c64", all));
    }
}
