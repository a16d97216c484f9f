package dev.tandem.command;

import com.fasterxml.jackson.core.JacksonException;
import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.foreign.NativeCallException;
import dev.tandem.foreign.NativeUnavailableException;
import dev.tandem.foreign.OffHeapLimitException;
import dev.tandem.foreign.VendorPresets;
import dev.tandem.image.PictureException;
import dev.tandem.pack.PackException;
import dev.tandem.task.MalformedTaskException;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.FrameException;
import dev.tandem.transport.session.Causes;
import dev.tandem.transport.session.PeerException;
import dev.tandem.transport.tls.CredentialsException;
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
        return say(thrown, command.getErr());
    }

    /** Says what was thrown, and gives the exit code for it. */
    static int say(Throwable thrown, PrintWriter err) {
        Throwable cause = unwrap(thrown);
        int code = code(cause);
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
     * The exit code for what was thrown; what it is wrapped in does not count. An {@link IllegalArgumentException} is
     * our own fault: a command turns what an option's value led to into a {@link CommandFailedException} ({@link
     * Usage}).
     */
    public static int code(Throwable thrown) {
        return switch (unwrap(thrown)) {
            case CommandFailedException failed -> failed.exitCode();
            case CredentialsException _ -> ExitCodes.USAGE; // files that options named
            case NoSuchFileException _,FileNotFoundException _ -> ExitCodes.NO_INPUT;
            case PackException _,PictureException _,CorruptBitstreamException _,JacksonException _,IIOException _,ZipException _,CharacterCodingException _ ->
                ExitCodes.DATA;
            case NativeUnavailableException _,NativeCallException _,OffHeapLimitException _,OutOfMemoryError _ ->
                ExitCodes.UNAVAILABLE;
            case LinkageError unloaded when VendorPresets.unpacking(unloaded) != null -> ExitCodes.UNAVAILABLE;
            case PeerException peer -> peer(peer.code());
            case ConnectException _ -> ExitCodes.UNAVAILABLE;
            case FrameException _,MalformedTaskException _,SSLException _ -> ExitCodes.PROTOCOL;
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

    private static boolean wraps(Throwable thrown) {
        boolean wrapper = switch (thrown) {
            case UncheckedIOException _,ExecutionException _,CompletionException _ -> true;
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
        return switch (cause) {
            case NoSuchFileException missing -> "no such file [" + missing.getMessage() + "]";
            case FileNotFoundException missing when String.valueOf(missing.getMessage()).endsWith(")") ->
                "cannot open " + missing.getMessage(); // the reason stands in brackets, and need not be that one
            case FileNotFoundException missing -> "no such file [" + missing.getMessage() + "]";
            case OutOfMemoryError full -> Memory.words(full);
            case LinkageError unloaded when VendorPresets.unpacking(unloaded) != null ->
                Causes.words(unloaded) + ": " + VendorPresets.unpacking(unloaded);
            default -> {
                String words = Causes.words(cause);
                yield words.isBlank() ? cause.getClass().getSimpleName() : words;
            }
        };
    }
}
