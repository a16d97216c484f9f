package dev.tandem.hil.eval.link;

import dev.tandem.command.CommandFailedException;
import dev.tandem.command.ExitCodes;
import dev.tandem.command.PackOption;
import dev.tandem.command.ProgressLine;
import dev.tandem.engine.Engine;
import dev.tandem.engine.EngineSettings;
import dev.tandem.engine.Engines;
import dev.tandem.hil.eval.link.Loopback;
import dev.tandem.hil.report.Machine;
import dev.tandem.image.ImageReader;
import dev.tandem.method.DeviceMethod;
import dev.tandem.method.Methods;
import dev.tandem.pack.OperatingPoint;
import dev.tandem.pack.Pack;
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
@Command(name = "loss", mixinStandardHelpOptions = true, sortOptions = false, description = "Asks questions over a link that loses packets, the edge in a process of its own behind the relay, and"
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
    @Option(names = "--point", paramLabel = "NAME", description = "A tofc operating point. Default: the pack's.")
    private String point;
    @Option(names = "--slices", paramLabel = "N", defaultValue = "4", description = "Slices a picture, at least. Default: ${DEFAULT-VALUE}.")
    private int slices;
    @Option(names = "--losses", split = ",", paramLabel = "%", defaultValue = "10,20,30", description = "Packets lost in each direction, in percent, 90 at most; without loss is always asked first. Default: ${DEFAULT-VALUE}.")
    private List<Double> losses;
    @Option(names = "--limit", paramLabel = "N", defaultValue = "300", description = "At most N questions, 0 for all. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Pack pack = packOption.open();
        OperatingPoint op = point == null ? pack.defaultOperatingPoint() : pack.operatingPoint(point);
        if (!op.method().equals("tofc") || slices < 1) {
            throw new CommandFailedException(ExitCodes.USAGE, "cutting pictures of [" + op.name() + "] into [" + slices
                    + "] slices: needed a point of tofc and at least 1 slice");
        }
        if (losses.stream().anyMatch(loss -> !(loss >= 0 && loss <= MOST_LOST))) {
            throw new CommandFailedException(ExitCodes.USAGE,
                    "losing " + losses + " % of the packets: needed 0 to " + MOST_LOST + " each");
        }
        Map<Question, List<byte[]>> asked = encode(pack, op.withSlices(slices));
        ProgressLine progress = options.progress();
        List<LossCell> cells;
        try (Loopback loopback = Loopback.start(pack.folder(), options.threads());
                LossyLink link = LossyLink.open(loopback, pack, op, options.seed())) {
            progress.start((long) asked.size() * (1 + (long) positive().size() * LossWay.values().length));
            cells = measure(link, asked, progress);
        }
        progress.end();
        LossReport report = new LossReport(1, pack.manifest().name() + " " + pack.manifest().version(),
                options.name(), op.name(), slices, options.seed(), Machine.here(), cells);
        options.write("loss", report, report.markdown(), report.svg(), spec.commandLine().getOut());
        return ExitCodes.OK;
    }

    private List<Double> positive() {
        return losses.stream().filter(loss -> loss > 0).toList();
    }

    private List<LossCell> measure(LossyLink link, Map<Question, List<byte[]>> asked, ProgressLine progress)
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
    private Map<Question, List<byte[]>> encode(Pack pack, OperatingPoint op) throws IOException {
        Map<Question, List<byte[]>> encoded = new LinkedHashMap<>();
        try (DataSet set = options.open();
                Engine engine = Engines.select(Engines.AUTO)
                        .create(EngineSettings.defaults().withThreads(options.threads()));
                DeviceMethod device = Methods.device(op.method(), pack, engine)) {
            Map<String, List<Question>> chosen = Sample.byPicture(set.questions(), limit, options.seed());
            ProgressLine progress = options.progress();
            progress.start(chosen.size());
            for (Map.Entry<String, List<Question>> one : chosen.entrySet()) {
                List<byte[]> cut = device.encode(ImageReader.read(set.picture(one.getKey()), one.getKey()), op)
                        .slices();
                one.getValue().forEach(question -> encoded.put(question, cut));
                progress.step("encoding");
            }
            progress.end();
        }
        return encoded;
    }
}
