package dev.tandem.device;

import dev.tandem.command.CommandLines;
import picocli.CommandLine;

/** The device's own command line, for a package that carries neither edge nor laboratory. Exit codes as everywhere. */
public final class DeviceMain {
    private DeviceMain() {
    }

    /** The command line with its error handling, as {@link #main} runs it. */
    static CommandLine commandLine() {
        return CommandLines.of(new DeviceCommand()).setCommandName("tandem-device");
    }

    /** Runs one command and ends the JVM with its exit code. */
    public static void main(String[] arguments) {
        System.exit(CommandLines.run(DeviceMain::commandLine, arguments));
    }
}
