package dev.tandem.hil;

import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** The command line's own handling of failures, for tests of single commands. */
public final class TestFailures implements IExecutionExceptionHandler {
    private final Failures failures = new Failures();

    @Override
    public int handleExecutionException(Exception thrown, CommandLine command, ParseResult parsed) {
        return failures.handleExecutionException(thrown, command, parsed);
    }
}
