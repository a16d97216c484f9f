package dev.tandem.hil.lab.trial;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.command.ExitCodes;
import dev.tandem.command.PackOption;
import dev.tandem.hil.lab.sharing.Sharing;
import dev.tandem.hil.report.Machine;
import dev.tandem.hil.report.MarkdownTable;
import dev.tandem.pack.Pack;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tandem bench transport}: the link under trial. */
@Command(name = "transport", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Puts the link through a relay with delay, loss, blocks and address changes, with an edge that counts"
                + " tokens instead of a model, and says what was reached.",
        footer = {"", "Trials:",
                "  thin      50 KB/s, 40 ms, without loss and with bursts of it, QUIC and TCP",
                "  blocked   UDP blocked from the start and in mid-exchange, a cut",
                "  roaming   the device's address changes while it asks", "  overhead  bytes on the wire",
                "  crowd     many devices, and many idle ones, on one edge in a process of its own",
                "  soak      every fault in turn, for --minutes",
                "  abuse     an attacker against an edge in a process of its own, for --minutes",
                "  sharing   fourteen ways to take the edge from the others, each beside a polite device on an edge that"
                        + " runs the pack, for --minutes in all"})
public final class TransportBenchCommand implements Callable<Integer> {
    private static final String DEFAULTS = "thin,blocked,roaming,overhead,crowd";
    private static final List<String> ALL = List.of((DEFAULTS + ",soak,abuse,sharing").split(","));
    private static final int DAY_MINUTES = 24 * 60;
    private static final int MOST = 1_000_000;

    @Spec
    private CommandSpec spec;
    @Mixin
    private PackOption packOption;
    @Option(names = "--trials", split = ",", paramLabel = "A,B,C", defaultValue = DEFAULTS,
            description = "Default: ${DEFAULT-VALUE}.")
    private List<String> trials;
    @Option(names = "--exchanges", paramLabel = "N", defaultValue = "200",
            description = "Exchanges of the thin link's trials. Default: ${DEFAULT-VALUE}.")
    private int exchanges;
    @Option(names = "--devices", paramLabel = "N", defaultValue = "1000",
            description = "Devices of the crowd. Default: ${DEFAULT-VALUE}.")
    private int devices;
    @Option(names = "--idle", paramLabel = "N", defaultValue = "5000",
            description = "Idle devices of the crowd, at last. Default: ${DEFAULT-VALUE}.")
    private int idle;
    @Option(names = "--minutes", paramLabel = "N", defaultValue = "1",
            description = "Of the soak, of the abuse and of the sharing; 30 for a release. Default: ${DEFAULT-VALUE}.")
    private double minutes;
    @Option(names = "--attacks", split = ",", paramLabel = "N,N",
            description = "Of the sharing, by number; they share the minutes. Default: all.")
    private List<Integer> attacks = IntStream.rangeClosed(1, Sharing.COUNT).boxed().toList();
    @Option(names = "--seed", paramLabel = "S", defaultValue = "1",
            description = "Of the relay's and the attacker's luck: ${DEFAULT-VALUE}.")
    private long seed;
    @Option(names = "--json", description = "Print JSON instead of a table.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        check();
        Pack pack = packOption.open();
        List<TrialRow> rows = new ArrayList<>();
        for (String trial : trials) {
            say(trial + " ...");
            rows.addAll(run(pack, trial));
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(json
                ? new ObjectMapper().writerWithDefaultPrettyPrinter()
                        .writeValueAsString(Map.of("machine", Machine.here(), "seed", seed, "rows", rows))
                : table(rows));
        out.flush();
        return rows.stream().anyMatch(row -> Boolean.FALSE.equals(row.reached())) ? ExitCodes.NEGATIVE : ExitCodes.OK;
    }

    /** Before the first trial: an hour's measuring is not thrown away for a typing mistake in the last word. */
    private void check() {
        for (String trial : trials) {
            if (!ALL.contains(trial)) {
                throw wrong("--trials", trial, "some of " + String.join(",", ALL));
            }
        }
        range("--exchanges", exchanges, 1);
        attacks.forEach(each -> range("--attacks", each, 1, Sharing.COUNT));
        range("--devices", devices, 1);
        range("--idle", idle, 0);
        if (!(minutes > 0 && minutes <= DAY_MINUTES)) { // NaN too
            throw wrong("--minutes", Double.toString(minutes), "above 0, at most " + DAY_MINUTES);
        }
    }

    private void range(String option, int value, int least) {
        range(option, value, least, MOST);
    }

    private void range(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw wrong(option, Integer.toString(value), least + " to " + most);
        }
    }

    private ParameterException wrong(String option, String found, String needed) {
        return new ParameterException(spec.commandLine(), option + " [" + found + "]: needed " + needed);
    }

    private List<TrialRow> run(Pack pack, String trial) throws Exception {
        return switch (trial) {
            case "thin" -> ThinLinkTrial.run(pack, exchanges, seed);
            case "blocked" -> BlockedTrial.run(pack, 5, seed);
            case "roaming" -> RoamingTrial.run(pack, 200, seed);
            case "overhead" -> OverheadTrial.run(pack, 20, seed);
            case "crowd" -> CrowdTrial.run(packOption.folder(), devices, idle, CrowdTrial.Pace.USUAL);
            case "abuse" -> AbuseTrial.run(packOption.folder(), minutes, AbuseTrial.SETTLE_SECONDS, seed, this::say);
            case "sharing" -> SharingTrial.run(packOption.folder(), attacks, minutes, this::say);
            case "soak" -> SoakTrial.run(pack, minutes, SoakTrial.Pace.USUAL, seed, this::say);
            default -> throw new IllegalStateException(trial); // checked before
        };
    }

    private static String table(List<TrialRow> rows) {
        MarkdownTable table = new MarkdownTable(List.of("trial", "measure", "found", "to reach", ""));
        for (TrialRow row : rows) {
            table.row(List.of(row.trial(), row.measure(), number(row.value()), row.reach(),
                    row.reached() == null ? "" : row.reached() ? "reached" : "missed"));
        }
        return table.toString();
    }

    /** Counts in full, small numbers with four digits. */
    private static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) >= 1_000 ? "%.0f" : "%.4g", value);
    }

    private void say(String words) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("tandem: " + words);
        err.flush();
    }
}
