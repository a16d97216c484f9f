package dev.tandem.edge;

import dev.tandem.command.CommandLines;
import dev.tandem.command.Version;
import picocli.CommandLine;

/** The edge daemon as a program of its own, with the options of {@code tandem edge}. */
public final class EdgeMain {
    private EdgeMain() {
    }

    /** The command line with its error handling, as {@code main} runs it. */
    static CommandLine commandLine() {
        CommandLine line = CommandLines.of(new EdgeCommand());
        line.getCommandSpec().name("tandem-edge").versionProvider(new Version());
        return line;
    }

    /**
     * Runs the edge until it is stopped, and ends the JVM with an exit code of {@link dev.tandem.command.ExitCodes}.
     */
    public static void main(String[] arguments) {
        System.exit(CommandLines.run(EdgeMain::commandLine, arguments));
    }
}
