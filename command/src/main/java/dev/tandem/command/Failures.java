package dev.tandem.command;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine;

/**
 * Turns an exception into words and an exit code. The message is what the user reads; the stack is printed only for
 * our own mistakes, or when {@code TANDEM_STACKTRACE=1} asks for it.
 */
public final class Failures implements IExecutionExceptionHandler {

    @Override
    public int handleExecutionException(Exception thrown, CommandLine command, ParseResult parsed) {
        Throwable cause = unwrap(thrown);
        int code = code(cause);
        PrintWriter err = command.getErr();
        err.println("tandem: " + words(cause));
        for (Throwable also : cause.getSuppressed()) {
            err.println("  also: " + words(also));
        }
        if (code == ExitCodes.SOFTWARE || "1".equals(System.getenv("TANDEM_STACKTRACE"))) {
            cause.printStackTrace(err);
        }
        err.flush();
        return code;
    }

    private static Throwable unwrap(Throwable thrown) {
        Throwable cause = thrown;
        while ((cause instanceof UncheckedIOException || cause instanceof ExecutionException
                || cause.getClass() == RuntimeException.class) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static String words(Throwable cause) {
        if (cause instanceof NoSuchFileException || cause instanceof FileNotFoundException) {
            return "no such file [" + cause.getMessage() + "]";
        }
        String message = cause.getMessage();
        return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
    }

    /** By name for the types of other layers, so that this table is all there is to read. */
    public static int code(Throwable cause) {
        if (cause instanceof CommandFailedException failed) {
            return failed.exitCode();
        }
        if (cause instanceof NoSuchFileException || cause instanceof FileNotFoundException) {
            return ExitCodes.NO_INPUT;
        }
        return switch (cause.getClass().getSimpleName()) {
            case "NativeUnavailableException", "NativeCallException", "EngineException", "DeviceOutOfMemoryException" ->
                ExitCodes.UNAVAILABLE;
            case "CorruptBitstreamException", "PackException", "ImageException" -> ExitCodes.DATA;
            case "PeerException", "ProtocolException", "ConnectException", "SSLHandshakeException" ->
                ExitCodes.PROTOCOL;
            case "IllegalArgumentException" -> ExitCodes.DATA;
            default -> cause instanceof IOException ? ExitCodes.IO : ExitCodes.SOFTWARE;
        };
    }
}
