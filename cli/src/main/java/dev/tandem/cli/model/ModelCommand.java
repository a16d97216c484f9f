package dev.tandem.cli.model;

import picocli.CommandLine.Command;
import picocli.CommandLine;

/** {@code tandem model}: what a pack is, and whether it works here. */
@Command(name = "model", mixinStandardHelpOptions = true, description = "Shows a pack, or replays its golden vectors.",
        subcommands = {
                ModelInfoCommand.class, ModelVerifyCommand.class})
public final class ModelCommand implements Runnable {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "info or verify is needed");
    }
}
