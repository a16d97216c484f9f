package dev.tandem.cli;

import dev.tandem.hil.eval.bench.ClusterBenchCommand;
import dev.tandem.hil.eval.bench.CodecBenchCommand;
import dev.tandem.hil.eval.bench.LanguageBenchCommand;
import dev.tandem.hil.eval.link.LinkBenchCommand;
import dev.tandem.hil.eval.link.LossBenchCommand;
import dev.tandem.hil.lab.trial.TransportBenchCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine;

/** {@code tandem bench}: measurements of speed. */
@Command(name = "bench", mixinStandardHelpOptions = true,
        description = "Measures speed: the whole way over a real link, what lost packets cost in answers, the link alone under trial, the language model, the codec or the clustering alone.",
        subcommands = {
                LinkBenchCommand.class, LossBenchCommand.class, TransportBenchCommand.class, CodecBenchCommand.class,
                ClusterBenchCommand.class, LanguageBenchCommand.class})
public final class BenchCommand implements Runnable {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(),
                "link, loss, transport, lm, codec or cluster is needed");
    }
}
