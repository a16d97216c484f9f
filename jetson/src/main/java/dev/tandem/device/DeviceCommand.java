package dev.tandem.device;

import picocli.CommandLine.Command;

/** {@code tandem device}: the device's half on the command line. */
@Command(name = "device", mixinStandardHelpOptions = true, description = "Runs the device's half.", subcommands = AskCommand.class)
public final class DeviceCommand {
}
