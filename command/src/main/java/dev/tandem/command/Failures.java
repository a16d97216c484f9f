package dev.tandem.command;

import com.fasterxml.jackson.core.JacksonException;
import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.foreign.NativeCallException;
import dev.tandem.foreign.NativeUnavailableException;
import dev.tandem.foreign.OffHeapLimitException;
import dev.tandem.pack.PackException;
import dev.tandem.task.MalformedTaskException;
import dev.tandem.transport.frame.FrameException;
import dev.tandem.transport.session.PeerException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.zip.ZipException;
import javax.imageio.IIOException;
import javax.net.ssl.SSLException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

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
        err.println("tandem: " + wordsOf(thrown));
        for (Throwable also : cause.getSuppressed()) {
            err.println("  also: " + words(also));
        }
        if (code == ExitCodes.SOFTWARE || "1".equals(System.getenv("TANDEM_STACKTRACE"))) {
            cause.printStackTrace(err);
        }
        err.flush();
        return code;
    }

    /**
     * The exit code for what was thrown; what it is wrapped in does not count. An {@link IllegalArgumentException} is our
     * own fault: a command turns what an option's value led to into a {@link CommandFailedException} ({@link Usage}).
     */
    public static int code(Throwable thrown) {
        return switch (unwrap(thrown)) {
            case CommandFailedException failed -> failed.exitCode();
            case NoSuchFileException missing -> ExitCodes.NO_INPUT;
            case FileNotFoundException missing -> ExitCodes.NO_INPUT;
            case PackException data -> ExitCodes.DATA;
            case CorruptBitstreamException data -> ExitCodes.DATA;
            case JacksonException data -> ExitCodes.DATA;
            case IIOException data -> ExitCodes.DATA;
            case ZipException data -> ExitCodes.DATA;
            case CharacterCodingException data -> ExitCodes.DATA;
            case NativeUnavailableException library -> ExitCodes.UNAVAILABLE;
            case NativeCallException library -> ExitCodes.UNAVAILABLE;
            case OffHeapLimitException memory -> ExitCodes.UNAVAILABLE;
            case PeerException peer -> ExitCodes.PROTOCOL;
            case FrameException peer -> ExitCodes.PROTOCOL;
            case MalformedTaskException peer -> ExitCodes.PROTOCOL;
            case ConnectException peer -> ExitCodes.PROTOCOL;
            case SSLException peer -> ExitCodes.PROTOCOL;
            case IOException io -> ExitCodes.IO;
            default -> ExitCodes.SOFTWARE;
        };
    }

    private static boolean wraps(Throwable thrown) {
        boolean wrapper = switch (thrown) {
            case UncheckedIOException io -> true;
            case ExecutionException thread -> true;
            case CompletionException stage -> true;
            default -> thrown.getClass() == RuntimeException.class;
        };
        return wrapper && thrown.getCause() != null;
    }

    private static Throwable unwrap(Throwable thrown) {
        Throwable cause = thrown;
        while (wraps(cause)) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** A wrapper speaks for what it holds where somebody gave it words of its own. */
    private static String wordsOf(Throwable thrown) {
        Throwable speaks = thrown;
        while (wraps(speaks) && (speaks.getMessage() == null
                || speaks.getMessage().equals(speaks.getCause().toString()))) {
            speaks = speaks.getCause();
        }
        return words(speaks);
    }

    private static String words(Throwable cause) {
        if (cause instanceof NoSuchFileException || cause instanceof FileNotFoundException) {
            return "no such file [" + cause.getMessage() + "]";
        }
        String message = cause.getMessage();
        return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
    }
}
