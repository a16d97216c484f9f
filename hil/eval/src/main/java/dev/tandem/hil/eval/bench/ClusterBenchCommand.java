package dev.tandem.hil.eval.bench;

import dev.tandem.cluster.Clusters;
import dev.tandem.cluster.TokenClusterer;
import dev.tandem.command.CommandFailedException;
import dev.tandem.command.ExitCodes;
import dev.tandem.command.Usage;
import dev.tandem.foreign.CountedArena;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.foreign.NativeLibrary;
import dev.tandem.tensor.DType;
import dev.tandem.tensor.Tensor;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tandem bench cluster}: how fast this machine merges the tokens of a picture or tile into a few. */
@Command(name = "cluster", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Merges the tokens of a picture into a few, with plain Java and with native code; both must choose"
                + " the same tokens before any clock runs. Says how many pictures (tiles) a second that makes.")
public final class ClusterBenchCommand implements Callable<Integer> {
    private static final int NEIGHBOURS = 5;

    /** A picture as some model sees it. */
    private record Shape(String model, int tokens, int width, int clusters) {}

    /** Its tokens and where they are merged. */
    private record Work(Shape shape, Tensor tokens, Tensor merged) {
        Clusters run(TokenClusterer clusterer) {
            return clusterer.cluster(tokens, shape.clusters, NEIGHBOURS, merged);
        }
    }

    private static final List<Shape> SHAPES = List.of(new Shape("smol-vqa's picture", 256, 384, 16),
            new Shape("a tile of 336 x 336 (CLIP)", 576, 1024, 64),
            new Shape("a tile of 384 x 384 (SigLIP)", 729, 1152, 16));

    @Spec
    private CommandSpec spec;
    @Option(names = "--seconds", paramLabel = "S", defaultValue = "1",
            description = "For each number. Default: ${DEFAULT-VALUE}.")
    private double seconds;
    @Option(names = "--json", description = "One JSON object instead of a table.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        Usage.within(spec.commandLine(), "--seconds", seconds, 0.001, 3_600);
        MemoryAccount memory = MemoryAccount.process().owner("bench");
        try (TokenClusterer fast = TokenClusterer.best(memory); CountedArena arena = CountedArena.confined(memory)) {
            measure(TokenClusterer.reference(), NativeLibrary.get().available() ? fast : null, arena);
        }
        return ExitCodes.OK;
    }

    private void measure(TokenClusterer plain, TokenClusterer fast, Arena arena) throws IOException {
        List<SpeedRow> rows = new ArrayList<>();
        for (Shape shape : SHAPES) {
            Work tokens = new Work(shape, tokens(shape, arena),
                    Tensor.allocate(arena, DType.FLOAT32, shape.clusters, shape.width));
            if (fast != null) {
                requireTheSame(shape, tokens.run(plain), tokens.run(fast));
            }
            rows.add(SpeedRow.measure(
                    String.format(Locale.ROOT, "%s, %d x %d into %d", shape.model, shape.tokens, shape.width,
                            shape.clusters),
                    "pictures", 1, seconds, () -> tokens.run(plain),
                    fast == null ? null : () -> tokens.run(fast)));
        }
        SpeedReport report = SpeedReport.of("Tokens merged by density-peak clustering, " + NEIGHBOURS
                + " neighbours, float32.",
                fast == null
                        ? "There is no native code to compare with."
                        : "Compared before measuring: both chose the same tokens and put each token with the same one.",
                rows);
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? report.json() : report.words());
        out.flush();
    }

    /** Tokens as a picture has them: some dozen things, each seen by many patches, and noise. Seeded. */
    private static Tensor tokens(Shape shape, Arena arena) {
        SplittableRandom random = new SplittableRandom(shape.tokens);
        float[] things = new float[40 * shape.width];
        for (int i = 0; i < things.length; i++) {
            things[i] = (float) random.nextGaussian();
        }
        float[] tokens = new float[shape.tokens * shape.width];
        for (int t = 0; t < shape.tokens; t++) {
            int thing = random.nextInt(40) * shape.width;
            for (int k = 0; k < shape.width; k++) {
                tokens[t * shape.width + k] = things[thing + k] + 0.6f * (float) random.nextGaussian();
            }
        }
        Tensor tensor = Tensor.allocate(arena, DType.FLOAT32, shape.tokens, shape.width);
        tensor.setFloats(tokens);
        return tensor;
    }

    private static void requireTheSame(Shape shape, Clusters plain, Clusters fast) {
        if (!Arrays.equals(plain.centres(), fast.centres()) || !Arrays.equals(plain.assignment(), fast.assignment())) {
            throw new CommandFailedException(ExitCodes.SOFTWARE, "measuring the clustering of [" + shape
                    + "]: native code and plain Java chose differently; please report it with what 'tandem doctor' says");
        }
    }
}
