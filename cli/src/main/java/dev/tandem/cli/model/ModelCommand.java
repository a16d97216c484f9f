package dev.tandem.cli.model;

import dev.tandem.hil.eval.calibrate.CalibrateCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine;

/** {@code tandem model}: what a pack is, and whether it works here. */
@Command(name = "model", mixinStandardHelpOptions = true,
        description = "Shows a pack, replays its golden vectors, or chooses its operating points.",
        subcommands = {
                ModelInfoCommand.class, ModelVerifyCommand.class, CalibrateCommand.class})
public final class ModelCommand implements Runnable {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "info, verify or calibrate is needed");
    }
}
