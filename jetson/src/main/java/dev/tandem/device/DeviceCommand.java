package dev.tandem.device;

import dev.tandem.command.Version;
import picocli.CommandLine.Command;

/** {@code tandem device}: the device's half on the command line. */
@Command(name = "device", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Runs the device's half.", subcommands = AskCommand.class)
public final class DeviceCommand {
}
