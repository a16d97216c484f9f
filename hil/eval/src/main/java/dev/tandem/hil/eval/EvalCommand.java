package dev.tandem.hil.eval;

import dev.tandem.command.CommandFailedException;
import dev.tandem.command.EngineOptions;
import dev.tandem.command.ExitCodes;
import dev.tandem.command.PackOption;
import dev.tandem.command.ProgressLine;
import dev.tandem.command.Usage;
import dev.tandem.engine.Engine;
import dev.tandem.hil.eval.data.DataSet;
import dev.tandem.hil.eval.data.Precoded;
import dev.tandem.hil.eval.data.Question;
import dev.tandem.hil.eval.data.Sample;
import dev.tandem.hil.report.Machine;
import dev.tandem.method.HeadLimits;
import dev.tandem.method.PackMethods;
import dev.tandem.pack.Pack;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tandem eval}: accuracy against bytes, over any pictures with questions or with classes. */
@Command(name = "eval", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Asks every question of a data set, or the class of every picture, at every point and says how often the"
                + " answer is right and what a picture costs in bytes. Both halves run in this process, without sockets.",
        footer = {
                "", "Points are those of the pack (\"tandem model info\" lists them), and by name alone, for example:",
                "  raw  raw-c16             all tokens, or merged to 16 clusters, uncoded (16-bit floats)",
                "  jpeg-q30  webp-q30-c16   the picture at that quality, merged on the edge where the name says so",
                "  webp-q30-112             the same, shrunk to 112 pixels first and enlarged again on the edge",
                "  avif-q30  avif-q30-112   the same of a codec that --precoded holds (training/precode.py makes it)",
                "  patches-e64-sum1-rgb     the device alone, which is never in so much doubt",
                "  patches-e0-sum1-rgb      every patch of every picture",
                "  patches-e0.8-sum1-rgb    all patches of those pictures that it is in doubt about",
                "  patches-e0.8-sum0.97-jpeg-q30   of these the patches that it looked at, as JPEG"})
public final class EvalCommand implements Callable<Integer> {
    private static final int SCHEMA = 4;
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

    @Spec
    private CommandSpec spec;
    @Mixin
    private PackOption packOption;
    @Mixin
    private DataOptions data;
    @Option(names = "--points", paramLabel = "A,B,C",
            description = "What to compare. Default: raw where the pack has it, and every operating point of the manifest.")
    private String points;
    @Option(names = "--baseline", paramLabel = "POINT",
            description = "Differences are taken from it, question by question. Default: raw, else the first point.")
    private String baseline;
    @Option(names = "--control", paramLabel = "wrong-picture",
            description = "Asks the questions at the baseline once more, each about the next picture instead of its own: what words alone are worth.")
    private String control;
    @Mixin
    private ConditionOptions otherwise;
    @Option(names = "--limit", paramLabel = "N", defaultValue = "0", description = "At most N questions. Default: all.")
    private int limit;
    @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "Which N: ${DEFAULT-VALUE}.")
    private long seed;
    @Option(names = "--precoded", paramLabel = "DIR",
            description = "Folder with index.tsv and decoded pictures, for codecs that Java has no library for.")
    private Path precoded;
    @Option(names = "--out", paramLabel = "DIR", description = "Where logs and results go. Default: eval-DATE-TIME.")
    private Path out;
    @Option(names = "--resume", description = "Go on in --out after a kill, or add points to it.")
    private boolean resume;
    @Mixin
    private EngineOptions engines;
    @Option(names = "--max-words", paramLabel = "N", defaultValue = "16",
            description = "Answer tokens at most. Default: ${DEFAULT-VALUE}.")
    private int maxWords;
    @Option(names = "--json", description = "Print results.json instead of tables.")
    private boolean json;
    @Option(names = "--quiet", description = "No progress.")
    private boolean quiet;

    @Override
    public Integer call() throws IOException {
        Exam exam = data.exam();
        Conditions conditions = otherwise.conditions(exam);
        PackMethods methods = PackMethods.of(packOption.open());
        HeadLimits limits = Usage.of("--max-words " + maxWords,
                () -> new HeadLimits(HeadLimits.defaults().contextTokens(), maxWords));
        Precoded coded = precoded == null ? null : new Precoded(precoded);
        EvalPoints grammar = new EvalPoints(methods, coded);
        List<EvalPoint> asked = points == null ? grammar.all() : grammar.parse("--points", points);
        EvalPoint base = EvalPoints.baseline(baseline, asked);
        Path folder = out != null ? out : Path.of("eval-" + STAMP.format(LocalDateTime.now()));
        try (DataSet set = data.open(exam, conditions);
                Engine engine = engines.create();
                Backend backend = new PackBackend(methods, engine, limits, coded, conditions.head(),
                        new LostSlices(conditions.lost(), seed))) {
            grammar.withReference(conditions.agree(), asked).forEach(point -> backend.check(point, exam.any(maxWords)));
            Map<String, List<Question>> pictures = Sample.byPicture(set.questions(), limit, seed);
            List<EvalPoint> all = grammar.withReference(conditions.agree(),
                    EvalPoints.withControl(control, exam, asked, base, pictures.size()));
            new RunFile(SCHEMA, hex(methods.pack().hash()), exam.word(), set.tableSha256(), limit, seed, conditions)
                    .claim(folder, resume);
            try (EvalRun run = new EvalRun(set, pictures, all, exam, maxWords, folder)) {
                run.run(backend, ProgressLine.onStandardError(quiet));
                EvalReport report = report(methods.pack(), exam, conditions, set, pictures, base,
                        EvalResults.of(exam, all, base, run));
                write(report, folder);
                checkThatSomeWereAsked(report, folder);
            }
        }
        return ExitCodes.OK;
    }

    private EvalReport report(Pack pack, Exam exam, Conditions conditions, DataSet set,
            Map<String, List<Question>> pictures, EvalPoint base,
            EvalResults results) {
        return new EvalReport(SCHEMA, pack.manifest().name() + " " + pack.manifest().version(), hex(pack.hash()),
                exam.word(), data.name(), set.table(), set.tableSha256(),
                pictures.values().stream().mapToInt(List::size).sum(), pictures.size(), limit, seed, conditions,
                base.name(),
                engines.threads(), Machine.here(), results.points(), results.controls(), results.equal());
    }

    private static void checkThatSomeWereAsked(EvalReport report, Path folder) {
        if (report.points().stream().allMatch(point -> point.errors() == point.questions())) {
            throw new CommandFailedException(ExitCodes.DATA, "evaluating: not one question could be asked; the logs in "
                    + folder + " say why of each");
        }
    }

    private void write(EvalReport report, Path folder) throws IOException {
        List<String> files = EvalFiles.write(report, folder);
        PrintWriter screen = spec.commandLine().getOut();
        screen.println(json ? EvalFiles.json(report) : report.markdown());
        screen.flush();
        if (!quiet) {
            System.err.println("tandem: wrote " + String.join(", ", files) + " in " + folder);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
