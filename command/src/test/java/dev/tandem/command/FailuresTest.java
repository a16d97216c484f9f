package dev.tandem.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.foreign.NativeUnavailableException;
import dev.tandem.pack.PackException;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.session.PeerException;
import java.io.EOFException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class FailuresTest {
    @Command
    private record Failing(Exception with) implements Callable<Integer> {
        @Override
        public Integer call() throws Exception {
            throw with;
        }
    }

    private static PeerException peer(ErrorCode code) {
        return new PeerException(null, 0, code, "said so", null);
    }

    private static String run(int expected, Exception failure) {
        StringWriter err = new StringWriter();
        assertEquals(expected, new CommandLine(new Failing(failure)).setExecutionExceptionHandler(new Failures())
                .setErr(new PrintWriter(err, true)).execute());
        return err.toString();
    }

    @Test
    void codesFollowTheType() {
        assertEquals(ExitCodes.NEGATIVE, Failures.code(new CommandFailedException(ExitCodes.NEGATIVE, "no")));
        assertEquals(ExitCodes.NO_INPUT, Failures.code(new NoSuchFileException("x")));
        assertEquals(ExitCodes.IO, Failures.code(new EOFException()));
        assertEquals(ExitCodes.DATA, Failures.code(new PackException("x")));
        assertEquals(ExitCodes.DATA, Failures.code(new CorruptBitstreamException("slice", 0, "a", "b")));
        assertEquals(ExitCodes.UNAVAILABLE, Failures.code(new NativeUnavailableException("x", List.of("y"))));
        assertEquals(ExitCodes.UNAVAILABLE, Failures.code(new ConnectException()));
        assertEquals(ExitCodes.PROTOCOL, Failures.code(new SSLHandshakeException("x")));
        assertEquals(ExitCodes.SOFTWARE, Failures.code(new IllegalStateException()));
    }

    @Test
    void nobodyThereIsAnotherThingThanSomebodyWhoRefuses() {
        assertEquals(ExitCodes.UNAVAILABLE, Failures.code(peer(ErrorCode.UNREACHABLE)));
        assertEquals(ExitCodes.UNAVAILABLE, Failures.code(peer(ErrorCode.CONNECT_TIMEOUT)));
        assertEquals(ExitCodes.PROTOCOL, Failures.code(peer(ErrorCode.SECTION_MISMATCH)));
        assertEquals(ExitCodes.PROTOCOL, Failures.code(peer(null)));
    }

    @Test
    void wrappersAreTakenOffAndOnlyOurOwnMistakesShowTheirStack() {
        String data = run(ExitCodes.IO, new UncheckedIOException(new EOFException("cut short")));
        assertEquals("tandem: cut short\n", data);
        assertFalse(data.contains("\tat "));
        assertTrue(run(ExitCodes.SOFTWARE, new IllegalStateException("ours")).contains("\tat "));
    }

    @Test
    void whatElseFailedIsSaidToo() {
        PackException first = new PackException("a is damaged");
        first.addSuppressed(new PackException("b is damaged"));
        assertEquals("tandem: a is damaged\n  also: b is damaged\n", run(ExitCodes.DATA, first));
    }
}
