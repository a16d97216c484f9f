package dev.tandem.hil.eval.link;

import dev.tandem.command.CommandFailedException;
import dev.tandem.command.ExitCodes;
import dev.tandem.command.PackOption;
import dev.tandem.command.ProgressLine;
import dev.tandem.command.Rate;
import dev.tandem.device.DeviceAgent;
import dev.tandem.device.DeviceAnswer;
import dev.tandem.device.DeviceRequest;
import dev.tandem.hil.eval.EvalPoints;
import dev.tandem.hil.eval.Exam;
import dev.tandem.hil.eval.data.DataSet;
import dev.tandem.hil.eval.data.Question;
import dev.tandem.hil.eval.data.Sample;
import dev.tandem.hil.relay.Profile;
import dev.tandem.hil.relay.Relay;
import dev.tandem.hil.relay.Way;
import dev.tandem.hil.report.Machine;
import dev.tandem.image.ImageReader;
import dev.tandem.image.RgbImage;
import dev.tandem.method.PackMethods;
import dev.tandem.method.Point;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tandem bench link}: how long an answer takes over a thin link. */
@Command(name = "link", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Asks one question about each of some pictures over a loopback link with TLS and a limited rate, edge"
                + " and device in two processes, and says where the time went: a table, link.json and link.svg.")
public final class LinkBenchCommand implements Callable<Integer> {
    /** The edge keeps the pictures it saw last; fewer than these and it would not look again. */
    private static final int FEWEST_PICTURES = 6;
    /** What most would send today. */
    private static final String PICTURE = "jpeg-q10";

    private static final long SETTLE_MILLIS = 400;

    @Spec
    private CommandSpec spec;
    @Mixin
    private PackOption packOption;
    @Mixin
    private LinkBenchOptions options;
    @Option(names = "--task", paramLabel = "TASK", defaultValue = "question",
            description = "question, or classify: the best classes of any pictures. Default: ${DEFAULT-VALUE}.")
    private String task;
    @Option(names = "--head", paramLabel = "NAME", defaultValue = "",
            description = "Which of the pack's heads answers. Default: the first that can.")
    private String head;
    @Option(names = "--points", paramLabel = "A,B,C",
            description = "Default: the pack's default point, and jpeg-q10 where the pack takes pictures.")
    private String points;
    @Option(names = "--rates", split = ",", paramLabel = "KB/S", defaultValue = "25,50,100",
            description = "Uplinks in 1000 bytes a second, 0 for no limit. Default: ${DEFAULT-VALUE}.")
    private List<Double> rates;
    @Option(names = "--pictures", paramLabel = "N", defaultValue = "20", description = "Default: ${DEFAULT-VALUE}.")
    private int pictures;

    @Option(names = "--relay",
            description = "A relay between the ends counts what a question takes up: packets with their headers, acknowledgements too. It adds to the times.")
    private boolean relay;

    @Override
    public Integer call() throws IOException, InterruptedException {
        for (double rate : rates) {
            Rate.bytes(spec.commandLine(), "--rates", rate); // before an edge is started for the first
        }
        Exam exam = Exam.of(task);
        PackMethods methods = PackMethods.of(packOption.open());
        List<Point> asked = asked(methods);
        Map<Question, RgbImage> questions = questions(exam);
        List<LinkCell> cells = new ArrayList<>();
        Set<String> transports = new TreeSet<>();
        ProgressLine progress = options.progress();
        try (Loopback loopback = Loopback.start(methods.pack().folder(), options.threads())) {
            Relay counting = relay ? loopback.through(Profile.CLEAN, options.seed()) : null;
            progress.start((long) rates.size() * asked.size() * questions.size());
            for (double rate : rates) {
                try (DeviceAgent device = loopback.device(Rate.bytes(spec.commandLine(), "--rates", rate))) {
                    transports.add(device.link().transport());
                    for (Point point : asked) {
                        cells.add(measure(device, exam, counting, point, rate, questions, progress));
                    }
                }
            }
        }
        progress.end();
        LinkReport report = new LinkReport(5, LinkBenchOptions.words(methods.pack()), exam.word(),
                options.name(), options.threads() == 0 ? Runtime.getRuntime().availableProcessors() : options.threads(),
                String.join(" and ", transports), Machine.here(), cells);
        options.write("link", report, report.markdown(), report.svg(), spec.commandLine().getOut());
        return ExitCodes.OK;
    }

    private List<Point> asked(PackMethods methods) {
        if (points == null) {
            return Stream.concat(Stream.of(methods.defaultPoint()), EvalPoints.known(methods, PICTURE).stream())
                    .toList();
        }
        return Stream.of(points.split(",", -1)).map(word -> EvalPoints.point(methods, "--points", word.strip()))
                .toList();
    }

    private Map<Question, RgbImage> questions(Exam exam) throws IOException {
        Map<Question, RgbImage> chosen = new LinkedHashMap<>();
        try (DataSet set = exam == Exam.QUESTION ? options.open() : options.pictures()) {
            List<Question> first = new ArrayList<>();
            Sample.byPicture(set.questions(), 0, options.seed()).values().forEach(some -> first.add(some.getFirst()));
            if (Math.min(pictures, first.size()) < FEWEST_PICTURES) {
                throw new CommandFailedException(ExitCodes.DATA,
                        String.format(Locale.ROOT, "choosing pictures for the link: [%d] of [%d], at least %d",
                                pictures, first.size(), FEWEST_PICTURES) + " are needed");
            }
            for (List<Question> one : Sample.byPicture(first, pictures, options.seed()).values()) {
                chosen.put(one.getFirst(),
                        ImageReader.read(set.picture(one.getFirst().image()), one.getFirst().image()));
            }
        }
        return chosen;
    }

    private LinkCell measure(DeviceAgent device, Exam exam, Relay relay, Point point, double rate,
            Map<Question, RgbImage> questions, ProgressLine progress) throws InterruptedException {
        // Graphs are opened and code is compiled at first use; that is not the link's doing.
        Map.Entry<Question, RgbImage> last = new ArrayList<>(questions.entrySet()).getLast();
        ask(device, exam, last.getKey(), last.getValue(), point);
        long before = up(relay);
        List<DeviceAnswer> answers = new ArrayList<>();
        for (Map.Entry<Question, RgbImage> question : questions.entrySet()) {
            answers.add(ask(device, exam, question.getKey(), question.getValue(), point));
            progress.step(point.name() + " at " + rate + " KB/s");
        }
        return LinkCell.of(point.name(), rate, answers, (double) (up(relay) - before) / answers.size());
    }

    /** Bytes that have passed upwards, once the last acknowledgements are through. */
    private static long up(Relay relay) throws InterruptedException {
        if (relay == null) {
            return 0;
        }
        TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
        return relay.udp().deliveredBytes(Way.UP) + relay.tcp().deliveredBytes(Way.UP);
    }

    private DeviceAnswer ask(DeviceAgent device, Exam exam, Question question, RgbImage image, Point point)
            throws InterruptedException {
        return device.ask(DeviceRequest.about(image, exam.task(question.text(), 0)).withPoint(point).withHead(head),
                part -> {
                });
    }
}
