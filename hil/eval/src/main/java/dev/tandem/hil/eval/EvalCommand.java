package dev.tandem.hil.eval;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.tandem.command.CommandFailedException;
import dev.tandem.command.ExitCodes;
import dev.tandem.command.PackOption;
import dev.tandem.command.ProgressLine;
import dev.tandem.engine.Engine;
import dev.tandem.engine.EngineSettings;
import dev.tandem.engine.Engines;
import dev.tandem.hil.report.Machine;
import dev.tandem.pack.Pack;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tandem eval}: accuracy against bytes, over any pictures with questions. */
@Command(name = "eval", mixinStandardHelpOptions = true, sortOptions = false, description = "Asks every question of a data set at every point and says how often the answer is right and what"
        + " a picture costs in bytes. Both halves run in this process, without sockets.", footer = {"", "Points:",
                "  raw            all tokens, uncoded (16-bit floats)",
                "  merged:16      16 clusters, uncoded", "  NAME           an operating point of the pack",
                "  jpeg:Q webp:Q  the picture at that quality, encoded on the spot",
                "  avif:Q         the picture from --precoded (training/precode.py makes it)",
                "  jpeg:Q@16      the same, merged to 16 clusters behind the edge's encoder"})
public final class EvalCommand implements Callable<Integer> {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    @Spec
    private CommandSpec spec;
    @Mixin
    private PackOption packOption;
    @Option(names = "--data", required = true, paramLabel = "ZIP|DIR", description = "Pictures with a TSV beside them: columns image, question, answer, and kind if wanted.")
    private Path data;
    @Option(names = "--tsv", paramLabel = "NAME", description = "The table: in the data, or a file of its own. Default: test.tsv, or the only one.")
    private String tsv;
    @Option(names = "--points", paramLabel = "A,B,C", description = "What to compare. Default: raw, and every operating point of the pack.")
    private String points;
    @Option(names = "--baseline", paramLabel = "POINT", description = "Differences are taken from it, question by question. Default: raw, else the first point.")
    private String baseline;
    @Option(names = "--limit", paramLabel = "N", defaultValue = "0", description = "At most N questions. Default: all.")
    private int limit;
    @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "Which N: ${DEFAULT-VALUE}.")
    private long seed;
    @Option(names = "--precoded", paramLabel = "DIR", description = "Folder with index.tsv and decoded pictures, for avif.")
    private Path precoded;
    @Option(names = "--out", paramLabel = "DIR", description = "Where logs and results go. Default: eval-DATE-TIME.")
    private Path out;
    @Option(names = "--resume", description = "Go on in --out after a kill, or add points to it.")
    private boolean resume;
    @Option(names = "--threads", paramLabel = "N", defaultValue = "0", description = "Threads of the engine. Default: one a core.")
    private int threads;
    @Option(names = "--engine", paramLabel = "NAME", defaultValue = "auto", description = "Default: ${DEFAULT-VALUE}.")
    private String engineName;
    @Option(names = "--max-words", paramLabel = "N", defaultValue = "16", description = "Answer tokens at most. Default: ${DEFAULT-VALUE}.")
    private int maxWords;
    @Option(names = "--json", description = "Print results.json instead of tables.")
    private boolean json;
    @Option(names = "--quiet", description = "No progress.")
    private boolean quiet;

    @Override
    public Integer call() throws IOException {
        Pack pack = packOption.open();
        List<EvalPoint> asked = EvalPoint.parseAll(points == null ? defaultPoints(pack) : points);
        Path folder = out != null ? out : Path.of("eval-" + STAMP.format(LocalDateTime.now()));
        try (DataSet set = DataSet.open(data, tsv);
                Engine engine = Engines.select(engineName).create(EngineSettings.defaults().withThreads(threads));
                Backend backend = new PackBackend(pack, engine, precoded, maxWords)) {
            asked.forEach(backend::check);
            Map<String, List<Question>> pictures = Sample.byPicture(set.questions(), limit, seed);
            new RunFile(1, hex(pack.hash()), set.tableSha256(), limit, seed).claim(folder, resume);
            try (EvalRun run = new EvalRun(set, pictures, asked, folder)) {
                run.run(backend, ProgressLine.onStandardError(quiet));
                write(report(pack, set, pictures, asked, run), folder);
            }
        }
        return ExitCodes.OK;
    }

    private EvalReport report(Pack pack, DataSet set, Map<String, List<Question>> pictures, List<EvalPoint> asked,
            EvalRun run) {
        EvalPoint base = baselinePoint(asked);
        List<Outcome> before = run.outcomes(base);
        List<PointSummary> summaries = new ArrayList<>();
        for (EvalPoint point : asked) {
            summaries.add(PointSummary.of(point, run.outcomes(point), point.equals(base) ? null : before));
        }
        return new EvalReport(1, pack.manifest().name() + " " + pack.manifest().version(), hex(pack.hash()),
                String.valueOf(data.getFileName()), set.table(), set.tableSha256(),
                pictures.values().stream().mapToInt(List::size).sum(), pictures.size(), limit, seed, base.name(),
                threads == 0 ? Runtime.getRuntime().availableProcessors() : threads, Machine.here(), summaries);
    }

    private EvalPoint baselinePoint(List<EvalPoint> asked) {
        String name = baseline == null ? "raw" : EvalPoint.parse(baseline).name();
        return asked.stream().filter(point -> point.name().equals(name)).findFirst().orElseGet(() -> {
            if (baseline != null) {
                throw new CommandFailedException(ExitCodes.USAGE, "--baseline " + baseline + " is not among the points "
                        + asked.stream().map(EvalPoint::name).toList());
            }
            return asked.getFirst();
        });
    }

    private void write(EvalReport report, Path folder) throws IOException {
        ObjectWriter writer = new ObjectMapper().writerWithDefaultPrettyPrinter();
        Files.writeString(folder.resolve("results.json"), writer.writeValueAsString(report) + "\n");
        Files.writeString(folder.resolve("results.md"), report.markdown());
        Files.writeString(folder.resolve("results.svg"), report.svg());
        PrintWriter screen = spec.commandLine().getOut();
        screen.println(json ? writer.writeValueAsString(report) : report.markdown());
        screen.flush();
        if (!quiet) {
            System.err.println("tandem: wrote results.json, results.md and results.svg in " + folder);
        }
    }

    private static String defaultPoints(Pack pack) {
        return "raw,"
                + String.join(",", pack.manifest().operatingPoints().stream().map(point -> point.name()).toList());
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
