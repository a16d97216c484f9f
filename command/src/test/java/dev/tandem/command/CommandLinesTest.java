package dev.tandem.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

class CommandLinesTest {
    @Command(name = "say")
    private static final class Say implements Callable<Integer> {
        @Option(names = "--ask")
        private String question;
        @Option(names = "--more")
        private String more;

        @Override
        public Integer call() {
            return 0;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"@FILE", "@@", "@", "\"quoted\"", "$HOME %s", "${sys:user.home}", "a\\nb", " spaced "})
    void theQuestionIsWhatWasTyped(String typed, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("words"), "--more\nstolen\n");
        String argument = typed.replace("FILE", file.toString());
        Say say = new Say();
        assertEquals(0, CommandLines.of(say).execute("--ask", argument));
        assertEquals(argument, say.question);
        assertNull(say.more);
        assertEquals(ExitCodes.USAGE, CommandLines.of(new Say()).setErr(new PrintWriter(new StringWriter()))
                .execute("@" + file));
    }

    @Test
    void outputThatCannotBeWrittenIsRemembered() {
        OutputWatch full = new OutputWatch(new Failing("No space left on device"));
        PrintStream out = new PrintStream(full, false);
        out.println("results");
        assertNull(full.failure());
        out.flush();
        assertEquals("No space left on device", full.failure());
        assertFalse(full.readerGone());
        OutputWatch gone = new OutputWatch(new Failing("Broken pipe"));
        assertThrows(IOException.class, () -> {
            gone.write(1);
            gone.flush();
        });
        assertTrue(gone.readerGone());
    }

    private static final class Failing extends OutputStream {
        private final String why;

        Failing(String why) {
            this.why = why;
        }

        @Override
        public void write(int value) throws IOException {
            throw new IOException(why);
        }
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -1, -0.5, 0.0001, 0.009, 1e-300,
                    1.1e7, 1e300})
    void aRateThatIsNoneIsRefused(double typed) {
        CommandLine line = new CommandLine(new Say());
        String words = assertThrows(ParameterException.class, () -> Rate.bytes(line, "--uplink", typed)).getMessage();
        assertTrue(words.startsWith("--uplink [" + typed + "]: needed "), words);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "-0.0, 0", "0.01, 10", "0.5, 500", "25, 25000", "10000000, 10000000000"})
    void aRateIsBytesASecond(double typed, long bytes) {
        assertEquals(bytes, Rate.bytes(new CommandLine(new Say()), "--uplink", typed));
    }

    @Test
    void aLibraryThatCannotBeUnpackedNamesAFolder() {
        StringWriter err = new StringWriter();
        assertEquals(ExitCodes.UNAVAILABLE, Failures.say(
                new UnsatisfiedLinkError("/tmp/x.so: failed to map segment from shared object"), new PrintWriter(err)));
        assertTrue(err.toString().contains("-Djava.io.tmpdir=DIR"), err.toString());
        assertEquals(ExitCodes.SOFTWARE, Failures.say(new NoClassDefFoundError("a/B"), new PrintWriter(err)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"Java heap space|TANDEM_JAVA_OPTS=-Xmx",
            "Cannot reserve 65536 bytes of direct buffer memory|-XX:MaxDirectMemorySize",
            "unable to create native thread: possibly out of memory|ulimit", "Metaspace|MaxMetaspaceSize",
            "Compressed class space|ulimit -v"})
    void memoryThatRanOutNamesARemedy(String said, String remedy) {
        StringWriter err = new StringWriter();
        int code = Failures.say(new RuntimeException(new OutOfMemoryError(said)), new PrintWriter(err));
        assertEquals(ExitCodes.UNAVAILABLE, code);
        assertTrue(err.toString().contains(said) && err.toString().contains(remedy), err.toString());
        assertFalse(err.toString().contains("\tat "), err.toString());
    }
}
