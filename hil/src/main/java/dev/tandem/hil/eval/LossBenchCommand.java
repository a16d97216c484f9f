package dev.tandem.hil.eval;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.tandem.engine.Engine;
import dev.tandem.engine.EngineSettings;
import dev.tandem.engine.Engines;
import dev.tandem.hil.CommandFailedException;
import dev.tandem.hil.ExitCodes;
import dev.tandem.hil.PackOption;
import dev.tandem.hil.link.Loopback;
import dev.tandem.hil.report.Machine;
import dev.tandem.hil.report.ProgressLine;
import dev.tandem.image.ImageReader;
import dev.tandem.method.DeviceMethod;
import dev.tandem.method.Methods;
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
final class LossBenchCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;
    @Mixin
    private PackOption packOption;
    @Option(names = "--data", required = true, paramLabel = "ZIP|DIR", description = "As for eval.")
    private Path data;
    @Option(names = "--tsv", paramLabel = "NAME", description = "As for eval.")
    private String tsv;
    @Option(names = "--point", paramLabel = "NAME", description = "A tofc operating point. Default: the pack's.")
    private String point;
    @Option(names = "--slices", paramLabel = "N", defaultValue = "4", description = "Slices a picture, at least. Default: ${DEFAULT-VALUE}.")
    private int slices;
    @Option(names = "--losses", split = ",", paramLabel = "%", defaultValue = "0,10,20,30", description = "Packets lost in each direction, in percent; 0 is always asked first. Default: ${DEFAULT-VALUE}.")
    private List<Double> losses;
    @Option(names = "--limit", paramLabel = "N", defaultValue = "300", description = "At most N questions, 0 for all. Default: ${DEFAULT-VALUE}.")
    private int limit;
    @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "Which questions, and the link's luck: ${DEFAULT-VALUE}.")
    private long seed;
    @Option(names = "--threads", paramLabel = "N", defaultValue = "0", description = "Of each end. Default: one a core.")
    private int threads;
    @Option(names = "--out", paramLabel = "DIR", defaultValue = ".", description = "Where results go. Default: here.")
    private Path out;
    @Option(names = "--json", description = "Print loss.json instead of the table.")
    private boolean json;
    @Option(names = "--quiet", description = "No progress.")
    private boolean quiet;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Pack pack = packOption.open();
        OperatingPoint op = point == null ? pack.defaultOperatingPoint() : pack.operatingPoint(point);
        if (!op.method().equals("tofc") || slices < 1) {
            throw new CommandFailedException(ExitCodes.USAGE, "cutting pictures of [" + op.name() + "] into [" + slices
                    + "] slices: needed a point of tofc and at least 1 slice");
        }
        Map<Question, List<byte[]>> asked = encode(pack, op.withSlices(slices));
        ProgressLine progress = ProgressLine.onStandardError(quiet);
        List<LossCell> cells;
        try (Loopback loopback = Loopback.start(pack.folder(), threads);
                LossyLink link = LossyLink.open(loopback, pack, op, seed)) {
            progress.start((long) asked.size() * (1 + (long) positive().size() * LossWay.values().length));
            cells = measure(link, asked, progress);
        }
        progress.end();
        write(new LossReport(1, pack.manifest().name() + " " + pack.manifest().version(),
                String.valueOf(data.getFileName()), op.name(), slices, seed, Machine.here(), cells));
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
        try (DataSet set = DataSet.open(data, tsv);
                Engine engine = Engines.select(Engines.AUTO).create(EngineSettings.defaults().withThreads(threads));
                DeviceMethod device = Methods.device(op.method(), pack, engine)) {
            Map<String, List<Question>> chosen = Sample.byPicture(set.questions(), limit, seed);
            ProgressLine progress = ProgressLine.onStandardError(quiet);
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

    private void write(LossReport report) throws IOException {
        ObjectWriter writer = new ObjectMapper().writerWithDefaultPrettyPrinter();
        Files.createDirectories(out);
        Files.writeString(out.resolve("loss.json"), writer.writeValueAsString(report) + "\n");
        Files.writeString(out.resolve("loss.md"), report.markdown());
        Files.writeString(out.resolve("loss.svg"), report.svg());
        PrintWriter screen = spec.commandLine().getOut();
        screen.println(json ? writer.writeValueAsString(report) : report.markdown());
        screen.flush();
    }
}
