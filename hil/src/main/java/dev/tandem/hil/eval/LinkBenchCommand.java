package dev.tandem.hil.eval;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.tandem.device.DeviceAgent;
import dev.tandem.device.DeviceAnswer;
import dev.tandem.hil.CommandFailedException;
import dev.tandem.hil.ExitCodes;
import dev.tandem.hil.PackOption;
import dev.tandem.hil.link.Loopback;
import dev.tandem.hil.report.Machine;
import dev.tandem.hil.report.ProgressLine;
import dev.tandem.image.ImageReader;
import dev.tandem.image.RgbImage;
import dev.tandem.pack.OperatingPoint;
import dev.tandem.pack.Pack;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tandem bench link}: how long the first word takes over a thin link. */
@Command(name = "link", mixinStandardHelpOptions = true, sortOptions = false, description = "Asks one question about each of some pictures over a loopback link with TLS and a limited rate, edge"
        + " and device in two processes, and says where the time went: a table, link.json and link.svg.")
final class LinkBenchCommand implements Callable<Integer> {
    /** The edge keeps the pictures it saw last; fewer than these and it would not look again. */
    private static final int FEWEST_PICTURES = 6;

    @Spec
    private CommandSpec spec;
    @Mixin
    private PackOption packOption;
    @Option(names = "--data", required = true, paramLabel = "ZIP|DIR", description = "As for eval.")
    private Path data;
    @Option(names = "--tsv", paramLabel = "NAME", description = "As for eval.")
    private String tsv;
    @Option(names = "--points", paramLabel = "A,B,C", description = "Default: the pack's default point, jpeg:10.")
    private String points;
    @Option(names = "--rates", split = ",", paramLabel = "KB/S", defaultValue = "25,50,100", description = "Uplinks in 1000 bytes a second, 0 for no limit. Default: ${DEFAULT-VALUE}.")
    private List<Double> rates;
    @Option(names = "--pictures", paramLabel = "N", defaultValue = "20", description = "Default: ${DEFAULT-VALUE}.")
    private int pictures;
    @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "Which pictures: ${DEFAULT-VALUE}.")
    private long seed;
    @Option(names = "--threads", paramLabel = "N", defaultValue = "0", description = "Of each end. Default: one a core.")
    private int threads;
    @Option(names = "--out", paramLabel = "DIR", defaultValue = ".", description = "Where results go. Default: here.")
    private Path out;
    @Option(names = "--json", description = "Print link.json instead of the table.")
    private boolean json;
    @Option(names = "--quiet", description = "No progress.")
    private boolean quiet;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Pack pack = packOption.open();
        List<EvalPoint> asked = EvalPoint
                .parseAll(points == null ? pack.manifest().defaultOperatingPoint() + ",jpeg:10" : points);
        for (EvalPoint point : asked) {
            pack.operatingPoint(point.operatingPoint());
        }
        Map<Question, RgbImage> questions = questions();
        List<LinkCell> cells = new ArrayList<>();
        Set<String> transports = new TreeSet<>();
        ProgressLine progress = ProgressLine.onStandardError(quiet);
        try (Loopback loopback = Loopback.start(pack.folder(), threads)) {
            progress.start((long) rates.size() * asked.size() * questions.size());
            for (double rate : rates) {
                try (DeviceAgent device = loopback.device(Math.round(rate * 1000))) {
                    transports.add(device.link().transport());
                    for (EvalPoint point : asked) {
                        cells.add(measure(device, point, rate, questions, progress));
                    }
                }
            }
        }
        progress.end();
        write(new LinkReport(2, pack.manifest().name() + " " + pack.manifest().version(),
                String.valueOf(data.getFileName()), threads == 0 ? Runtime.getRuntime().availableProcessors() : threads,
                String.join(" and ", transports), Machine.here(), cells));
        return ExitCodes.OK;
    }

    private Map<Question, RgbImage> questions() throws IOException {
        Map<Question, RgbImage> chosen = new LinkedHashMap<>();
        try (DataSet set = DataSet.open(data, tsv)) {
            List<Question> first = new ArrayList<>();
            Sample.byPicture(set.questions(), 0, seed).values().forEach(some -> first.add(some.getFirst()));
            if (Math.min(pictures, first.size()) < FEWEST_PICTURES) {
                throw new CommandFailedException(ExitCodes.DATA,
                        "choosing pictures for the link: [%d] of [%d], at least %d"
                                .formatted(pictures, first.size(), FEWEST_PICTURES) + " are needed");
            }
            for (List<Question> one : Sample.byPicture(first, pictures, seed).values()) {
                chosen.put(one.getFirst(),
                        ImageReader.read(set.picture(one.getFirst().image()), one.getFirst().image()));
            }
        }
        return chosen;
    }

    private static LinkCell measure(DeviceAgent device, EvalPoint point, double rate, Map<Question, RgbImage> questions,
            ProgressLine progress) throws InterruptedException {
        OperatingPoint op = device.pack().operatingPoint(point.operatingPoint());
        // Graphs are opened and code is compiled at first use; that is not the link's doing.
        Map.Entry<Question, RgbImage> last = new ArrayList<>(questions.entrySet()).getLast();
        device.ask(last.getValue(), last.getKey().text(), op, words -> {
        });
        List<DeviceAnswer> answers = new ArrayList<>();
        for (Map.Entry<Question, RgbImage> question : questions.entrySet()) {
            answers.add(device.ask(question.getValue(), question.getKey().text(), op, words -> {
            }));
            progress.step(point.name() + " at " + rate + " KB/s");
        }
        return LinkCell.of(point.name(), rate, answers);
    }

    private void write(LinkReport report) throws IOException {
        ObjectWriter writer = new ObjectMapper().writerWithDefaultPrettyPrinter();
        Files.createDirectories(out);
        Files.writeString(out.resolve("link.json"), writer.writeValueAsString(report) + "\n");
        Files.writeString(out.resolve("link.md"), report.markdown());
        Files.writeString(out.resolve("link.svg"), report.svg());
        PrintWriter screen = spec.commandLine().getOut();
        screen.println(json ? writer.writeValueAsString(report) : report.markdown());
        screen.flush();
    }
}
