package dev.tandem.hil.eval.bench;

import dev.tandem.cluster.Clusters;
import dev.tandem.cluster.DpcKnn;
import dev.tandem.cluster.TokenClusterer;
import dev.tandem.command.CommandFailedException;
import dev.tandem.command.ExitCodes;
import dev.tandem.foreign.NativeLibrary;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tandem bench cluster}: how fast this machine merges the tokens of a picture or tile into a few. */
@Command(name = "cluster", mixinStandardHelpOptions = true, sortOptions = false, description = "Merges the tokens of a picture into a few, with plain Java and with native code; both must choose"
        + " the same tokens before any clock runs. Says how many pictures (tiles) a second that makes.")
public final class ClusterBenchCommand implements Callable<Integer> {
    private static final int NEIGHBOURS = 5;

    /** A picture as some model sees it. */
    private record Shape(String model, int tokens, int width, int clusters) {}

    private static final List<Shape> SHAPES = List.of(new Shape("smol-vqa's picture", 256, 384, 16),
            new Shape("a tile of 336 x 336 (CLIP)", 576, 1024, 64),
            new Shape("a tile of 384 x 384 (SigLIP)", 729, 1152, 16));

    @Spec
    private CommandSpec spec;
    @Option(names = "--seconds", paramLabel = "S", defaultValue = "1", description = "For each number. Default: ${DEFAULT-VALUE}.")
    private double seconds;
    @Option(names = "--json", description = "One JSON object instead of a table.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        TokenClusterer plain = new DpcKnn();
        TokenClusterer fast = NativeLibrary.get().available() ? TokenClusterer.best() : null;
        List<SpeedRow> rows = new ArrayList<>();
        for (Shape shape : SHAPES) {
            float[] tokens = tokens(shape);
            if (fast != null) {
                requireTheSame(shape, run(plain, tokens, shape), run(fast, tokens, shape));
            }
            rows.add(SpeedRow.measure("%s, %d x %d into %d".formatted(shape.model, shape.tokens, shape.width,
                    shape.clusters), "pictures", 1, seconds, () -> run(plain, tokens, shape),
                    fast == null ? null : () -> run(fast, tokens, shape)));
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
        return ExitCodes.OK;
    }

    private static Clusters run(TokenClusterer clusterer, float[] tokens, Shape shape) {
        return clusterer.cluster(tokens, shape.tokens, shape.width, shape.clusters, NEIGHBOURS);
    }

    /** Tokens as a picture has them: some dozen things, each seen by many patches, and noise. Seeded. */
    private static float[] tokens(Shape shape) {
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
        return tokens;
    }

    private static void requireTheSame(Shape shape, Clusters plain, Clusters fast) {
        if (!Arrays.equals(plain.centres(), fast.centres()) || !Arrays.equals(plain.assignment(), fast.assignment())) {
            throw new CommandFailedException(ExitCodes.SOFTWARE, "measuring the clustering of [" + shape
                    + "]: native code and plain Java chose differently; please report it with what 'tandem doctor' says");
        }
    }
}
