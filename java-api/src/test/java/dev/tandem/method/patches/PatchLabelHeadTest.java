package dev.tandem.method.patches;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.foreign.MemoryAccount;
import dev.tandem.method.Head;
import dev.tandem.method.HeadLimits;
import dev.tandem.method.Host;
import dev.tandem.method.SliceLimits;
import dev.tandem.method.tokens.CountingEngine;
import dev.tandem.pack.Pack;
import dev.tandem.pack.PackException;
import dev.tandem.task.Answer;
import dev.tandem.task.Label;
import dev.tandem.task.Part;
import dev.tandem.task.Sink;
import dev.tandem.task.Task;
import dev.tandem.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The head: what it feeds its graph, what it makes of the logits. */
class PatchLabelHeadTest {
    private static final PatchGrid GRID = new PatchGrid(4, 3, 4);
    private static final Guess NONE = new Guess(new int[0], new int[0]);
    @TempDir
    Path folder;
    private PatchPack files;

    @BeforeEach
    void write() throws IOException {
        files = new PatchPack(folder, 4, 3, 4);
    }

    private PatchLabelSection section() throws IOException {
        Pack pack = files.open();
        return (PatchLabelSection) new PatchLabelKind().section(pack.manifest().heads().get(0), pack);
    }

    private static PatchSet set(double fuse, Guess guess, int... positions) {
        byte[][] rgb = IntStream.of(positions).mapToObj(i -> GRID.cut(PatchPack.noise(GRID, 1), i))
                .toArray(byte[][]::new);
        return new PatchSet(GRID, positions, rgb, 12, guess, fuse);
    }

    private List<Label> labels(PatchSet set, BiConsumer<Map<String, Tensor>, Map<String, Tensor>> run)
            throws IOException {
        PatchLabelSection section = section();
        MemoryAccount memory = new MemoryAccount("test", 1 << 20);
        CountingEngine engine = PatchPack.engine(section.pack(), run);
        Answer answer = new Answer();
        try (Head<PatchSet> head = section.open(new Host(engine, memory, SliceLimits.defaults()),
                HeadLimits.defaults()); var reading = head.read(set)) {
            reading.answer(new Task.Classify(3), sink(answer));
            assertEquals(0, engine.bindings);
            assertEquals(0, memory.usage().bytes());
        }
        assertEquals(0, engine.sessions);
        return answer.labels();
    }

    private static Sink sink(Answer answer) {
        return new Sink() {
            @Override
            public void part(Part part) {
                answer.add(part);
            }

            @Override
            public boolean cancelled() {
                return false;
            }
        };
    }

    /** Channel, row, column, each as pixel_values has it; places as they are, one row of each. */
    @Test
    void feedsPatchesAsTheClassifierWouldSeeThem() throws IOException {
        PatchSet set = set(0, NONE, 1, 6, 11);
        labels(set, (in, out) -> {
            assertEquals(List.of(1L, 6L, 11L),
                    java.util.Arrays.stream(in.get("positions").toLongs()).boxed().toList());
            float[] values = in.get("patches").toFloats();
            assertEquals(3 * 48, values.length);
            assertEquals(3, in.get("patches").dimension(1));
            for (int i = 0; i < 3; i++) {
                for (int d = 0; d < 48; d++) {
                    int pixel = d % 16;
                    float level = (set.rgb()[i][3 * pixel + d / 16] & 0xff) / 255f;
                    assertEquals((level - 0.5f) / 0.25f, values[i * 48 + d], 1e-6);
                }
            }
        });
    }

    @Test
    void namesTheLikeliest() throws IOException {
        files.files.set("/heads/0/settings/temperature", "2");
        List<Label> labels = labels(set(0, NONE, 0), (in, out) -> out.get("logits").setFloats(new float[]{0, 4, 2,
                -200, -200}));
        assertEquals(List.of("bee", "cat", "ant"), labels.stream().map(Label::name).toList());
        double all = Math.exp(2) + Math.exp(1) + 1;
        assertEquals(Math.exp(2) / all, labels.get(0).probability(), 1e-6);
    }

    /** The edge leans to bee, the device is all but certain of emu: half of its weight turns it. */
    @Test
    void fusesTheGuessWhereThePointSaysSo() throws IOException {
        Guess guess = new Guess(new int[]{4}, new int[]{204});
        BiConsumer<Map<String, Tensor>, Map<String, Tensor>> run = (in, out) -> out.get("logits")
                .setFloats(new float[]{-9, (float) Math.log(0.6), -9, -9, (float) Math.log(0.4)});
        assertEquals("bee", labels(set(0, guess, 3), run).get(0).name());
        List<Label> fused = labels(set(0.5, guess, 3), run);
        assertEquals("emu", fused.get(0).name());
        double emu = 0.4 * Math.sqrt(0.8);
        double bee = 0.6 * Math.sqrt(0.05);
        assertEquals(emu / (emu + bee), fused.get(0).probability(), 1e-3);
    }

    @Test
    void refusesAGuessOverOtherClasses() throws IOException {
        files.files.write("other.txt", "ant\nbee\ncat\ndog\neel\n".getBytes()).set("/heads/0/settings/labels",
                "\"other.txt\"");
        PatchLabelSection section = section();
        CountingEngine engine = PatchPack.engine(section.pack(), (in, out) -> {
        });
        try (Head<PatchSet> head = section.open(Host.of(engine), HeadLimits.defaults())) {
            head.check(set(0, NONE, 1), new Task.Classify(1));
            PatchSet fusing = set(0.1, NONE, 1);
            PatchSet other = new PatchSet(new PatchGrid(2, 2, 8), new int[]{0}, new byte[1][192], 1, NONE, 0);
            for (PatchSet refused : new PatchSet[]{fusing, other, null}) {
                assertThrows(IllegalArgumentException.class, () -> head.check(refused, new Task.Classify(1)));
                assertThrows(IllegalArgumentException.class, () -> head.read(refused));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {
            "/heads/0/settings/graph | \"nose\" | heads.things.settings.graph is [nose]",
            "/heads/0/settings/labels | \"names.txt\" | heads.things.settings.labels is [names.txt]",
            "/heads/0/settings/temperature | 0 | heads.things.settings.temperature is [0.0]",
            "/heads/0/settings/temperature | 21 | heads.things.settings.temperature is [21.0]",
            "/graphs/large/inputs/0/name | \"x\" | and no other",
            "/graphs/large/inputs/0/shape | [1, 12, 48] | graphs.large.inputs.patches is",
            "/graphs/large/inputs/0/shape | [-1, -1, 50] | the values of a patch of graphs.large is [50]",
            "/graphs/large/inputs/0/shape | [-1, -1, 27] | the values of a patch of graphs.large is [27]",
            "/graphs/large/inputs/1/dtype | \"int32\" | graphs.large.inputs.positions is",
            "/graphs/large/outputs/0/shape | [-1, -1] | graphs.large.outputs.logits is",
            "/graphs/large/outputs/0/shape | [-1, 65537] | classes of heads.things.settings is [65537]"})
    void namesTheFieldThatIsWrong(String pointer, String json, String words) throws IOException {
        files.files.set(pointer, json);
        String refusal = assertThrows(PackException.class, this::section).getMessage();
        assertTrue(refusal.contains(words), refusal);
    }

    @Test
    void refusesAFileOfFewerNames() throws IOException {
        files.files.write("labels.txt", "ant\nbee\n".getBytes());
        PatchLabelSection section = section();
        assertTrue(assertThrows(PackException.class, section::names).getMessage().contains("[2 lines]"));
        assertThrows(PackException.class, () -> section.replay(null));
    }
}
