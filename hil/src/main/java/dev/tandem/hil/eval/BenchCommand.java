package dev.tandem.hil.eval;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code tandem bench}: measurements of speed. */
@Command(name = "bench", mixinStandardHelpOptions = true, description = "Measures speed: the whole way over a real link, or the language model alone.", subcommands = LinkBenchCommand.class)
public final class BenchCommand implements Runnable {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "link or lm is needed");
    }
}
