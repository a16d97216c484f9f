package dev.tandem.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.foreign.CountedArena;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.foreign.NativeCallException;
import dev.tandem.foreign.NativeUnavailableException;
import dev.tandem.foreign.OffHeapLimitException;
import dev.tandem.image.PictureException;
import dev.tandem.pack.PackException;
import dev.tandem.task.MalformedTaskException;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.FrameException;
import dev.tandem.transport.session.PeerException;
import dev.tandem.transport.tls.CredentialsException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import javax.imageio.IIOException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class FailuresTest {
    private static final InetSocketAddress PEER = InetSocketAddress.createUnresolved("edge", 7443);

    static Stream<Arguments> rows() {
        return Stream.of(arguments(ExitCodes.USAGE, new CommandFailedException(ExitCodes.USAGE, "x")),
                arguments(ExitCodes.NEGATIVE, new CommandFailedException(ExitCodes.NEGATIVE, "x", new IOException())),
                arguments(ExitCodes.USAGE, new CredentialsException("x", null)),
                arguments(ExitCodes.NO_INPUT, new NoSuchFileException("x")),
                arguments(ExitCodes.NO_INPUT, new FileNotFoundException("x")),
                arguments(ExitCodes.DATA, new PackException("x")), arguments(ExitCodes.DATA, new PictureException("x")),
                arguments(ExitCodes.DATA, new CorruptBitstreamException("slice", 0, "a", "b")),
                arguments(ExitCodes.DATA, badJson()), arguments(ExitCodes.DATA, new IIOException("x")),
                arguments(ExitCodes.DATA, new ZipException("x")),
                arguments(ExitCodes.DATA, new MalformedInputException(1)),
                arguments(ExitCodes.UNAVAILABLE, new NativeUnavailableException("x", List.of("y"))),
                arguments(ExitCodes.UNAVAILABLE, new NativeCallException("open", 3, "x")),
                arguments(ExitCodes.UNAVAILABLE, noMemory()),
                arguments(ExitCodes.PROTOCOL, new PeerException(PEER, 0, ErrorCode.IDLE, "x", null)),
                arguments(ExitCodes.UNAVAILABLE, new PeerException(PEER, 0, ErrorCode.UNREACHABLE, "x", null)),
                arguments(ExitCodes.PROTOCOL, new PeerException(PEER, 3, null, "x", null)),
                arguments(ExitCodes.PROTOCOL, new FrameException(ErrorCode.MALFORMED_FRAME, "x")),
                arguments(ExitCodes.PROTOCOL, new MalformedTaskException("x")),
                arguments(ExitCodes.UNAVAILABLE, new ConnectException("x")),
                arguments(ExitCodes.PROTOCOL, new SSLHandshakeException("x")),
                arguments(ExitCodes.IO, new EOFException()), arguments(ExitCodes.IO, new AccessDeniedException("x")),
                arguments(ExitCodes.SOFTWARE, new IllegalStateException("x")),
                arguments(ExitCodes.SOFTWARE, new IllegalArgumentException("x")),
                arguments(ExitCodes.SOFTWARE, new InvalidPathException("x", "y")),
                arguments(ExitCodes.SOFTWARE, new NullPointerException()),
                arguments(ExitCodes.SOFTWARE, new RuntimeException("of nothing")));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyTypeHasItsCodeHoweverItIsWrapped(int code, Exception thrown) {
        assertEquals(code, Failures.code(thrown));
        assertEquals(code, Failures.code(new ExecutionException(thrown)));
        assertEquals(code, Failures.code(new CompletionException(new RuntimeException(thrown))));
        if (thrown instanceof IOException io) {
            assertEquals(code, Failures.code(new UncheckedIOException("while reading", io)));
        }
        // One of our own around it is no wrapper: somebody did not expect it.
        assertEquals(ExitCodes.SOFTWARE, Failures.code(new IllegalStateException(thrown)));
    }

    @Test
    void onlyOurOwnMistakesShowTheirStack() {
        String ours = said(new IllegalArgumentException("clusters of [0]"));
        assertTrue(ours.startsWith("tandem: clusters of [0]\n") && ours.contains("\tat "), ours);
        String theirs = said(new PackException("no pack.json"));
        assertEquals("tandem: no pack.json\n", theirs);
    }

    @Test
    void whatWasSuppressedIsSaidToo() {
        PackException first = new PackException("a is damaged");
        first.addSuppressed(new PackException("b is damaged"));
        assertEquals("tandem: a is damaged\n  also: b is damaged\n", said(first));
    }

    @Test
    void aWrapperWithWordsOfItsOwnIsHeard() {
        assertEquals("tandem: making certificates in [x]: disk full\n",
                said(new UncheckedIOException("making certificates in [x]: disk full", new IOException("disk full"))));
        assertEquals("tandem: disk full\n", said(new UncheckedIOException(new IOException("disk full"))));
        assertEquals("tandem: no such file [x]\n", said(new ExecutionException(new NoSuchFileException("x"))));
        assertEquals("tandem: no permission for [x]\n", said(new AccessDeniedException("x")));
        assertEquals("tandem: cannot open x (Permission denied)\n",
                said(new FileNotFoundException("x (Permission denied)")));
        assertEquals("tandem: no such file [x]\n", said(new FileNotFoundException("x")));
        assertEquals("tandem: x: Read-only file system\n",
                said(new FileSystemException("x", null, "Read-only file system")));
        assertEquals("tandem: [x] is there already, and not what is needed there\n",
                said(new FileAlreadyExistsException("x")));
        assertTrue(said(new EOFException()).startsWith("tandem: EOFException\n"));
    }

    @Test
    void aRefusedValueOfAnOptionIsWrongUse() {
        assertEquals(3, Usage.of("--threads 3", () -> 3));
        CommandFailedException refused = assertThrows(CommandFailedException.class,
                () -> Usage.of("--threads -1", () -> {
                    throw new IllegalArgumentException("[-1] threads; needed 0 or more");
                }));
        assertEquals(ExitCodes.USAGE, refused.exitCode());
        assertEquals("--threads -1: [-1] threads; needed 0 or more", refused.getMessage());
        assertThrows(IllegalStateException.class, () -> Usage.of("--threads 3", () -> {
            throw new IllegalStateException();
        }));
    }

    @Test
    void aPictureThatIsNoneIsBadDataAndAMissingOneMissing(@TempDir Path folder)
            throws IOException {
        assertEquals(ExitCodes.NO_INPUT, assertThrows(CommandFailedException.class,
                () -> PictureFile.read(folder.resolve("none.png"))).exitCode());
        Path words = Files.writeString(folder.resolve("a.png"), "no picture");
        assertEquals(ExitCodes.DATA,
                assertThrows(CommandFailedException.class, () -> PictureFile.read(words)).exitCode());
        Path empty = Files.createFile(folder.resolve("empty.jpg"));
        CommandFailedException nothing = assertThrows(CommandFailedException.class, () -> PictureFile.read(empty));
        assertEquals(ExitCodes.DATA, nothing.exitCode());
        assertTrue(nothing.getMessage().contains("empty.jpg: this is [an empty file]"), nothing.getMessage());
        for (Map.Entry<Path, String> none : Map.of(folder, "it is a folder; needed a file", Path.of(""),
                "the name is empty; needed a file's").entrySet()) {
            CommandFailedException refused = assertThrows(CommandFailedException.class,
                    () -> PictureFile.read(none.getKey()));
            assertEquals(ExitCodes.NO_INPUT, refused.exitCode());
            assertEquals("reading the picture [" + none.getKey() + "]: " + none.getValue(), refused.getMessage());
        }
    }

    private static Exception noMemory() {
        try (CountedArena arena = CountedArena.confined(new MemoryAccount("test", 1))) {
            return assertThrows(OffHeapLimitException.class, () -> arena.allocate(64, 8));
        }
    }

    private static JsonProcessingException badJson() {
        return assertThrows(JsonProcessingException.class, () -> new ObjectMapper().readTree("{"));
    }

    private static String said(Exception thrown) {
        StringWriter err = new StringWriter();
        CommandLine line = new CommandLine(new CommandLine.HelpCommand()).setErr(new PrintWriter(err));
        int code = new Failures().handleExecutionException(thrown, line, null);
        assertFalse(code == ExitCodes.OK);
        return err.toString().replace("\r\n", "\n");
    }
}
