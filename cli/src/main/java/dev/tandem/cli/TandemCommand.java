package dev.tandem.cli;

import dev.tandem.cli.cert.CertCommand;
import dev.tandem.cli.doctor.DoctorCommand;
import dev.tandem.cli.model.ModelCommand;
import dev.tandem.cli.relay.RelayCommand;
import dev.tandem.command.CommandLines;
import dev.tandem.command.ExitCodes;
import dev.tandem.command.Version;
import dev.tandem.device.DeviceCommand;
import dev.tandem.edge.EdgeCommand;
import dev.tandem.hil.eval.EvalCommand;
import dev.tandem.hil.eval.demo.DemoCommand;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine;

/**
 * The command line of Tandem, started by the launcher {@code ./tandem}.
 *
 * <p>
 * Exit codes: see {@link ExitCodes}. Results go to standard output, everything else to standard error.
 */
@Command(name = "tandem", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "One vision model split between a small box (device) and a big one (edge): the device sends"
                + " about a kilobyte of learned features instead of a picture, the edge answers in words.",
        subcommands = {
                DemoCommand.class, EdgeCommand.class, DeviceCommand.class, EvalCommand.class, BenchCommand.class,
                ModelCommand.class, DoctorCommand.class,
                CertCommand.class, RelayCommand.class, RehearseCommand.class, GenerateCompletion.class,
                HelpCommand.class},
        synopsisSubcommandLabel = "COMMAND", footerHeading = "%nAlso:%n", footer = {
                "  ./tandem test           run every test (--help for its options)",
                "  ./tandem build          build the jars now",
                "  ./tandem dist           what a device and an edge get: two folders, two archives",
                "  source <(./tandem generate-completion)    completion for bash and zsh", "",
                "Exit codes: 0 done; 1 it ran and the answer is no; 2 wrong use; 64 and up as in sysexits.h:",
                "  65 bad data or pack, 66 input missing, 69 something needed is unavailable, 70 our fault,",
                "  74 input or output failed, 76 the peer misbehaved."})
public final class TandemCommand implements Runnable {

    @picocli.CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    /** Prints the help: a command is needed. */
    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "a command is needed");
    }

    /** The command line with its error handling, as {@code main} runs it. */
    static CommandLine commandLine() {
        return CommandLines.of(new TandemCommand());
    }

    /** Runs one command and ends the JVM with its exit code. */
    public static void main(String[] arguments) {
        System.exit(CommandLines.run(TandemCommand::commandLine, arguments));
    }
}
