package dev.tandem.command;

import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.foreign.NativeCallException;
import dev.tandem.foreign.NativeUnavailableException;
import dev.tandem.foreign.OffHeapLimitException;
import dev.tandem.pack.PackException;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.FrameException;
import dev.tandem.transport.session.PeerException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLException;
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

    /** What a process ends with that failed so. */
    public static int code(Throwable cause) {
        return switch (cause) {
            case CommandFailedException failed -> failed.exitCode();
            case NoSuchFileException _ -> ExitCodes.NO_INPUT;
            case FileNotFoundException _ -> ExitCodes.NO_INPUT;
            case NativeUnavailableException _ -> ExitCodes.UNAVAILABLE;
            case NativeCallException _ -> ExitCodes.UNAVAILABLE;
            case OffHeapLimitException _ -> ExitCodes.UNAVAILABLE;
            case CorruptBitstreamException _ -> ExitCodes.DATA;
            case PackException _ -> ExitCodes.DATA;
            case PeerException peer -> peer(peer.code());
            case ConnectException _ -> ExitCodes.UNAVAILABLE;
            case FrameException _ -> ExitCodes.PROTOCOL;
            case SSLException _ -> ExitCodes.PROTOCOL;
            case IllegalArgumentException _ -> ExitCodes.DATA; // a value of the user's that something below refused
            case IOException _ -> ExitCodes.IO;
            default -> ExitCodes.SOFTWARE;
        };
    }

    /** Nobody there is another thing than somebody who refuses. */
    private static int peer(ErrorCode code) {
        return switch (code) {
            case UNREACHABLE, CONNECT_TIMEOUT, HANDSHAKE_TIMEOUT -> ExitCodes.UNAVAILABLE;
            case null, default -> ExitCodes.PROTOCOL;
        };
    }
}
