package dev.tandem.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** One run of the command line within this process. */
public record Run(int code, String out, String err) {

    /** As {@code ./tandem} would with these arguments. */
    public static Run of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = TandemCommand.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return new Run(line.execute(arguments), out.toString(), err.toString());
    }
}
