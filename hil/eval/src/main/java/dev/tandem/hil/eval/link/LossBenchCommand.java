package dev.tandem.hil.eval.link;

import dev.tandem.command.CommandFailedException;
import dev.tandem.command.ExitCodes;
import dev.tandem.command.PackOption;
import dev.tandem.command.ProgressLine;
import dev.tandem.command.Usage;
import dev.tandem.engine.Engine;
import dev.tandem.engine.EngineSettings;
import dev.tandem.engine.Engines;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.hil.eval.EvalPoints;
import dev.tandem.hil.eval.data.DataSet;
import dev.tandem.hil.eval.data.Question;
import dev.tandem.hil.eval.data.Sample;
import dev.tandem.hil.report.Machine;
import dev.tandem.image.ImageReader;
import dev.tandem.method.DeviceHalf;
import dev.tandem.method.Host;
import dev.tandem.method.Look;
import dev.tandem.method.Need;
import dev.tandem.method.PackMethods;
import dev.tandem.method.Point;
import dev.tandem.method.SliceLimits;
import dev.tandem.task.Task;
import dev.tandem.transport.frame.Slice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tandem bench loss}: what lost packets cost in answers. */
@Command(name = "loss", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Asks questions over a link that loses packets, the edge in a process of its own behind the relay, and"
                + " says how accuracy falls: as a device sends usually, with no time to repeat what was lost, and that with the slices' order"
                + " shuffled. Writes a table, loss.json and loss.svg.")
public final class LossBenchCommand implements Callable<Integer> {
    /** Beyond this no handshake comes through. */
    private static final double MOST_LOST = 90;

    @Spec
    private CommandSpec spec;
    @Mixin
    private PackOption packOption;
    @Mixin
    private LinkBenchOptions options;
    @Option(names = "--point", paramLabel = "NAME",
            description = "An operating point of which any slice is worth something. Default: the pack's.")
    private String point;
    @Option(names = "--slices", paramLabel = "N", defaultValue = "4",
            description = "Slices a picture, at least. Default: ${DEFAULT-VALUE}.")
    private int slices;
    @Option(names = "--losses", split = ",", paramLabel = "%", defaultValue = "10,20,30",
            description = "Packets lost in each direction, in percent, 90 at most; without loss is always asked first. Default: ${DEFAULT-VALUE}.")
    private List<Double> losses;
    @Option(names = "--limit", paramLabel = "N", defaultValue = "300",
            description = "At most N questions, 0 for all. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PackMethods methods = PackMethods.of(packOption.open());
        Point op = point == null ? methods.defaultPoint() : EvalPoints.point(methods, "--point", point);
        SliceLimits limits = Usage.of("--slices " + slices,
                () -> new SliceLimits(SliceLimits.DEFAULT_PAYLOAD_BYTES, slices));
        if (losses.stream().anyMatch(loss -> !(loss >= 0 && loss <= MOST_LOST))) {
            throw new CommandFailedException(ExitCodes.USAGE,
                    "losing " + losses + " % of the packets: needed 0 to " + MOST_LOST + " each");
        }
        Map<Question, List<Slice>> asked = encode(methods, op, limits);
        ProgressLine progress = options.progress();
        List<LossCell> cells;
        try (Loopback loopback = Loopback.start(methods.pack().folder(), options.threads());
                LossyLink link = LossyLink.open(loopback, methods, op, options.seed())) {
            progress.start((long) asked.size() * (1 + (long) positive().size() * LossWay.values().length));
            cells = measure(link, asked, progress);
        }
        progress.end();
        LossReport report = new LossReport(2, LinkBenchOptions.words(methods.pack()),
                options.name(), op.name(), slices, options.seed(), Machine.here(), cells);
        options.write("loss", report, report.markdown(), report.svg(), spec.commandLine().getOut());
        return ExitCodes.OK;
    }

    private List<Double> positive() {
        return losses.stream().filter(loss -> loss > 0).toList();
    }

    private List<LossCell> measure(LossyLink link, Map<Question, List<Slice>> asked, ProgressLine progress)
            throws InterruptedException {
        List<LossCell> cells = new ArrayList<>();
        List<LossCell.Asked> base = link.ask(asked, LossWay.USUAL, 0, progress);
        cells.add(LossCell.of(LossWay.USUAL, 0, base, null));
        for (LossWay way : LossWay.values()) {
            for (double percent : positive()) {
                cells.add(LossCell.of(way, percent / 100, link.ask(asked, way, percent / 100, progress), base));
            }
        }
        return cells;
    }

    /** Every picture once, on the device's half; the link comes later. */
    private Map<Question, List<Slice>> encode(PackMethods methods, Point op, SliceLimits limits) throws IOException {
        Map<Question, List<Slice>> encoded = new LinkedHashMap<>();
        try (DataSet set = options.open();
                Engine engine = Engines.select(Engines.AUTO)
                        .create(Usage.of("--threads", () -> EngineSettings.defaults().withThreads(options.threads())));
                DeviceHalf device = methods.section(op.method())
                        .device(new Host(engine, MemoryAccount.process(), limits))) {
            Map<String, List<Question>> chosen = Sample.byPicture(set.questions(), limit, options.seed());
            ProgressLine progress = options.progress();
            progress.start(chosen.size());
            for (Map.Entry<String, List<Question>> one : chosen.entrySet()) {
                Look look = device.look(ImageReader.read(set.picture(one.getKey()), one.getKey()), op,
                        new Task.Question(one.getValue().getFirst().text(), 0));
                List<Slice> cut = slices(op, look);
                one.getValue().forEach(question -> encoded.put(question, cut));
                progress.step("encoding");
            }
            progress.end();
        }
        return encoded;
    }

    private static List<Slice> slices(Point op, Look look) {
        if (look instanceof Look.Send send && send.need() == Need.ANY) {
            return send.slices().stream().map(slice -> new Slice(slice.index(), slice.tile(), slice.bytes())).toList();
        }
        throw new CommandFailedException(ExitCodes.USAGE, "losing slices of [" + op.name() + "], a point of ["
                + op.method()
                + "]: half a picture of it is none; needed a point of which any slice is worth something");
    }
}
