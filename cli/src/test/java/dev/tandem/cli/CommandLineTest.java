package dev.tandem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.command.ExitCodes;
import dev.tandem.hil.eval.TinyPack;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandLineTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine line = TandemCommand.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return line.execute(arguments);
    }

    @Test
    void helpNamesEveryCommandAndEachHasItsOwn() {
        assertEquals(0, run("--help"));
        for (String command : List.of("demo", "edge", "device", "eval", "bench", "model", "doctor", "cert", "relay",
                "generate-completion")) {
            assertTrue(out.toString().contains("\n  " + command + " "), command + " in " + out);
            assertEquals(0, run(command, "--help"), command);
        }
        for (String command : List.of("device ask", "bench link", "bench loss", "bench transport", "bench lm",
                "bench codec",
                "bench cluster",
                "model info", "model verify", "cert new",
                "cert issue", "cert check", "cert revoke")) {
            String[] words = command.split(" ");
            assertEquals(0, run(words[0], words[1], "--help"), command);
        }
        for (String launchers : List.of("test", "build", "dist")) {
            assertTrue(out.toString().contains("  ./tandem " + launchers + " "), launchers + " in " + out);
        }
    }

    @Test
    void versionNamesTandemAndJava() {
        assertEquals(0, run("--version"));
        assertTrue(out.toString().startsWith("tandem ") && out.toString().contains("Java "), out.toString());
    }

    @Test
    void wrongUseEndsWithTwo() {
        assertEquals(2, run());
        assertEquals(2, run("nonsense"));
        assertEquals(2, run("eval"));
        assertEquals(2, run("model"));
        assertEquals(2, run("demo", "--ask", "What?"));
        assertEquals(2, run("eval", "--data", "x", "--limit", "many"));
    }

    @Test
    void speedIsMeasuredHereAndSaidInWordsOrJson() throws IOException {
        assertEquals(0, run("bench", "codec", "--pack", TinyPack.folder().toString(), "--seconds", "0.02"));
        assertTrue(out.toString().contains("code a picture (device)") && out.toString().contains("pictures"),
                out.toString());
        assertEquals(0, run("bench", "cluster", "--seconds", "0.02", "--json"));
        String report = out.toString();
        assertEquals(1, new ObjectMapper()
                .readTree(report.substring(report.indexOf("\n{"))).get("schema").asInt());
    }

    @Test
    void missingInputEndsWithItsOwnCode(@TempDir Path folder) {
        assertEquals(ExitCodes.NO_INPUT, run("model", "info", "--pack", folder.toString()));
        assertTrue(err.toString().contains("no pack.json in [" + folder), err.toString());
        assertEquals(ExitCodes.DATA, run("model", "info", folder.resolve("nowhere").toString()));
    }

    @Test
    void completionIsAScript() {
        assertEquals(0, run("generate-completion"));
        assertTrue(out.toString().contains("complete ") && out.toString().contains("_picocli_tandem"));
    }
}
