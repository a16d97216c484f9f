package dev.tandem.hil.eval.calibrate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.command.CommandFailedException;
import dev.tandem.command.EngineOptions;
import dev.tandem.command.ExitCodes;
import dev.tandem.command.PackOption;
import dev.tandem.command.ProgressLine;
import dev.tandem.command.Usage;
import dev.tandem.engine.Engine;
import dev.tandem.hil.eval.ClassAnswer;
import dev.tandem.hil.eval.EvalPoints;
import dev.tandem.hil.eval.data.DataSet;
import dev.tandem.hil.eval.data.Question;
import dev.tandem.hil.eval.data.Sample;
import dev.tandem.image.ImageReader;
import dev.tandem.image.RgbImage;
import dev.tandem.method.PackMethods;
import dev.tandem.method.Point;
import dev.tandem.method.SelfAnswering;
import dev.tandem.pack.Pack;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tandem model calibrate}. */
@Command(name = "calibrate", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Finds for a pack whose device may answer by itself when it should (eta) and how much it should"
                + " send otherwise (amount), for a loss of accuracy or a budget of bytes; shows what"
                + " nobody beats as a table and a picture, and writes operating points into a copy of the pack.",
        footer = {
                "", "Choose on pictures that nothing was trained on, and measure the points on others"
                        + " (\"tandem eval --task classify\"): what was chosen on a set looks better there than it is."})
public final class CalibrateCommand implements Callable<Integer> {
    private static final double PERCENT = 100;
    private static final String SUFFIX = "-calibrated";

    @Spec
    private CommandSpec spec;
    @Mixin
    private PackOption packOption;
    @Option(names = "--data", required = true, paramLabel = "ZIP|DIR",
            description = "Pictures with their classes: folders as val/CLASS/*, or a TSV with the columns image, label.")
    private Path data;
    @Option(names = "--tsv", paramLabel = "NAME", description = "The table: in the data, or a file of its own.")
    private String tsv;
    @Option(names = "--classes", paramLabel = "FILE",
            description = "Which class a folder stands for: lines of folder, tab, number or name.")
    private Path classes;
    @Option(names = "--unlabelled",
            description = "The pictures have no classes: right is what the edge says to the whole picture.")
    private boolean unlabelled;
    @Option(names = "--within", split = ",", paramLabel = "POINTS",
            description = "A point for each: the fewest bytes at so many percentage points below the edge's accuracy on whole pictures. Default: 1, where no --bytes is given.")
    private List<Double> within = new ArrayList<>();
    @Option(names = "--bytes", split = ",", paramLabel = "N",
            description = "A point for each: the greatest accuracy for so many bytes a picture, in the mean.")
    private List<Integer> bytes = new ArrayList<>();
    @Option(names = "--point", paramLabel = "NAME",
            description = "How what is sent is chosen and coded: as at this operating point. Default: the pack's.")
    private String point;
    @Option(names = "--amounts", split = ",", paramLabel = "SHARE",
            defaultValue = "0.3,0.5,0.7,0.8,0.9,0.95,0.97,0.99,1",
            description = "How much to send, in the measure of the point, each a run of the edge for each picture. Default: ${DEFAULT-VALUE}.")
    private List<Double> amounts;
    @Option(names = "--limit", paramLabel = "N", defaultValue = "0", description = "At most N pictures. Default: all.")
    private int limit;
    @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "Which N: ${DEFAULT-VALUE}.")
    private long seed;
    @Option(names = "--out", paramLabel = "DIR",
            description = "The copy. Default: beside the pack, its name and " + SUFFIX + ".")
    private Path out;
    @Option(names = "--plot", paramLabel = "SVG", description = "The picture. Default: calibration.svg in the copy.")
    private Path plot;
    @Mixin
    private EngineOptions engines;
    @Option(names = "--json", description = "Print JSON instead of a table.")
    private boolean json;
    @Option(names = "--quiet", description = "No progress.")
    private boolean quiet;

    @Override
    public Integer call() throws IOException {
        checkOptions();
        Path from = packOption.folder();
        Path target = out != null ? out : from.resolveSibling(from.getFileName() + SUFFIX);
        CalibratedPack.check(target);
        Pack pack = Pack.open(from);
        PackMethods methods = PackMethods.of(pack);
        Point like = point == null ? methods.defaultPoint() : EvalPoints.point(methods, "--point", point);
        Frontier frontier;
        try (DataSet set = unlabelled ? DataSet.unlabelled(data) : DataSet.labelled(data, tsv, classes);
                Engine engine = engines.create();
                Trials trials = new Trials(methods, engine, like, amounts)) {
            frontier = run(trials, set);
        }
        Map<String, Setting> chosen = chosen(frontier);
        SelfAnswering answering = Trials.answering(methods, like);
        Map<String, ObjectNode> added = new LinkedHashMap<>();
        chosen.forEach((name, one) -> added.put(name, answering.knobs(like, one.eta(), one.amount())));
        Pack written = CalibratedPack.write(pack, target, like.method(), added);
        CalibrationReport report = new CalibrationReport(frontier.whole(), frontier.alone(), frontier.best(), chosen);
        Path picture = plot != null ? plot : target.resolve("calibration.svg");
        Files.writeString(picture, report.plot());
        PrintWriter words = spec.commandLine().getOut();
        words.println(json
                ? new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(report)
                : report.words() + System.lineSeparator() + "written: " + written + " in " + target + ", and "
                        + picture);
        words.flush();
        return ExitCodes.OK;
    }

    private void checkOptions() {
        within.forEach(one -> Usage.within(spec.commandLine(), "--within", one, 0, PERCENT));
        bytes.forEach(one -> Usage.within(spec.commandLine(), "--bytes", one, 0, Integer.MAX_VALUE));
        if (within.isEmpty() && bytes.isEmpty()) {
            within.add(1.0);
        }
    }

    private Frontier run(Trials trials, DataSet set) throws IOException {
        Map<String, List<Question>> pictures = Sample.byPicture(set.questions(), limit, seed);
        ProgressLine progress = ProgressLine.onStandardError(quiet);
        progress.start(pictures.size());
        List<Trial> done = new ArrayList<>();
        for (Map.Entry<String, List<Question>> one : pictures.entrySet()) {
            String answer = one.getValue().getFirst().answer();
            try {
                RgbImage image = ImageReader.read(set.picture(one.getKey()), one.getKey());
                done.add(trials.run(image, unlabelled ? null : label -> ClassAnswer.is(label, answer)));
            } catch (IOException unreadable) {
                progress.end();
                spec.commandLine().getErr().println("tandem: left out: " + unreadable.getMessage());
            }
            progress.step(one.getKey());
        }
        progress.end();
        if (done.isEmpty()) {
            throw new CommandFailedException(ExitCodes.DATA, "calibrating on " + data + ": none of " + pictures.size()
                    + " pictures could be read; needed at least one");
        }
        return new Frontier(done, amounts, trials.patches());
    }

    private Map<String, Setting> chosen(Frontier frontier) {
        Map<String, Setting> chosen = new LinkedHashMap<>();
        for (double points : within) {
            put(chosen, "within-" + Trials.number(points), frontier.within(points / PERCENT),
                    "at most " + Trials.number(points) + " points below the edge's accuracy on whole pictures");
        }
        for (int budget : bytes) {
            put(chosen, "bytes-" + budget, frontier.budget(budget), "at most " + budget + " bytes");
        }
        return chosen;
    }

    private void put(Map<String, Setting> chosen, String name, Optional<Setting> setting, String needed) {
        chosen.put(name, setting.orElseThrow(() -> new CommandFailedException(ExitCodes.NEGATIVE,
                "looking for a setting with " + needed
                        + ": there is none; allow more, or name a point that codes finer with --point")));
    }
}
