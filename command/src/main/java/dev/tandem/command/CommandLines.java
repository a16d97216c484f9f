package dev.tandem.command;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.Supplier;
import picocli.CommandLine;

/** How every command line of Tandem reads what was typed, says what went wrong, and ends. */
public final class CommandLines {
    private static final int WIDTH = 100;

    private CommandLines() {
    }

    /** The command with what all share. An argument is what was typed: no {@code @FILE} is expanded. */
    public static CommandLine of(Object command) {
        return new CommandLine(command).setExpandAtFiles(false).setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(new Failures()).setUsageHelpAutoWidth(true).setUsageHelpWidth(WIDTH);
    }

    /**
     * What a main method does: runs the command and gives the exit code of the process. Numbers and dates are written
     * alike in every country, since files hold them; results that could not be written are no success.
     */
    public static int run(Supplier<CommandLine> maker, String... arguments) {
        Locale.setDefault(Locale.ROOT);
        OutputWatch watch = new OutputWatch(new FileOutputStream(FileDescriptor.out));
        System.setOut(new PrintStream(watch, false, System.out.charset()));
        CommandLine line = maker.get(); // only now: picocli keeps the output that it finds when it is made
        int code = execute(line, arguments);
        line.getOut().flush();
        System.out.flush();
        String lost = watch.failure();
        if (lost != null && code == ExitCodes.OK) {
            if (!watch.readerGone()) {
                line.getErr().println("tandem: writing to standard output failed [" + lost + "]; the results are lost");
                line.getErr().flush();
            }
            return ExitCodes.IO;
        }
        return code;
    }

    private static int execute(CommandLine line, String... arguments) {
        try {
            return line.execute(arguments);
        } catch (VirtualMachineError | LinkageError e) { // picocli hands on exceptions only
            return Failures.say(e, line.getErr());
        }
    }
}
