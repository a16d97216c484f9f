package dev.tandem.hil.eval;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code tandem bench}: measurements over a real link. */
@Command(name = "bench", mixinStandardHelpOptions = true, description = "Measures the whole way over a real link.", subcommands = LinkBenchCommand.class)
public final class BenchCommand implements Runnable {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "link is needed");
    }
}
