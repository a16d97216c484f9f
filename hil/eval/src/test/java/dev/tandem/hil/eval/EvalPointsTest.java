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
    void picturesMayBeShrunkFirst() throws IOException {
        Files.writeString(folder.resolve("index.tsv"), "image\tcodec\tquality\tside\tbytes\tdecoded\tfile\n"
                + "a.png\tavif\t30\t112\t99\ta.png\ta.avif\n");
        EvalPoints grammar = new EvalPoints(methods, new Precoded(folder));
        List<EvalPoint> asked = grammar.parse("--points", "webp-q20-112,webp-q20-80-c16,avif-q30-112-c16");
        assertEquals(List.of("webp-112", "webp-80-c16", "avif-112-c16"),
                asked.stream().map(EvalPoint::series).toList());
        assertFalse(asked.get(1).precoded());
        assertEquals(112, asked.get(2).side());
        assertEquals(methods.point("raw-c16"), asked.get(2).point());
        assertThrows(CommandFailedException.class, () -> grammar.parse("--points", "avif-q30"));
        assertThrows(CommandFailedException.class, () -> grammar.parse("--points", "avif-q30-80"));
    }

    @Test
    void theReferenceIsAskedFirstAndIsNoPoint() {
        List<EvalPoint> asked = points.parse("--points", "c8,raw,c16");
        List<EvalPoint> all = points.withReference("raw", asked);
        assertEquals(List.of("raw, reference", "c8", "raw", "c16"), all.stream().map(EvalPoint::name).toList());
        assertTrue(all.getFirst().control() && !all.getFirst().trained());
        assertEquals(4, all.stream().map(EvalPoint::fileName).distinct().count(), "a log of its own");
        assertEquals(asked, points.withReference("", asked));
        assertThrows(CommandFailedException.class, () -> points.withReference("nothing", asked));
    }

    @Test
    void aSeriesSaysHowAndNotHowMuch() throws Exception {
        PackMethods patches = PackMethods.of(Pack.open(TinyPack.named("tiny-patches")));
        EvalPoints grammar = new EvalPoints(patches, null);
        List<EvalPoint> asked = grammar.parse("--points", "some,patches-e0.8-sum0.97-jpeg-q30,"
                + "patches-e0-sum1-jpeg-q5,patches-e0.5-margin-sum-over0.9-rollout-transform-s24-x-39-g1-f0.3,"
                + "patches-e0-top100-rgb");
        assertEquals(List.of("patches", "patches-sum-jpeg", "patches-sum-jpeg",
                "patches-margin-sum-over-rollout-transform-g1-f0.3", "patches-top-rgb"),
                asked.stream().map(EvalPoint::series).toList());
    }

    @Test
    void theControlFollowsThePointsAndIsNone() {
        List<EvalPoint> asked = points.parse("--points", "raw,c16");
        assertEquals(asked, EvalPoints.withControl(null, Exam.QUESTION, asked, asked.get(0), 5));
        List<EvalPoint> all = EvalPoints.withControl("wrong-picture", Exam.QUESTION, asked, asked.get(1), 2);
        assertEquals("c16, wrong picture", all.get(2).name());
        assertFalse(all.get(2).trained());
        assertTrue(all.get(1).trained());
        assertFalse(all.get(0).trained());
        assertEquals(3, all.stream().map(EvalPoint::fileName).distinct().count());
        assertThrows(CommandFailedException.class,
                () -> EvalPoints.withControl("wrong-picture", Exam.QUESTION, asked, asked.get(0), 1));
        assertThrows(CommandFailedException.class,
                () -> EvalPoints.withControl("wrong-picture", Exam.CLASSIFY, asked, asked.get(0), 9));
        assertThrows(CommandFailedException.class,
                () -> EvalPoints.withControl("none", Exam.QUESTION, asked, asked.get(0), 9));
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
