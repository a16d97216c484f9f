package dev.tandem.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.command.ExitCodes;
import dev.tandem.edge.serve.EdgeDaemon;
import dev.tandem.edge.serve.EdgeSettings;
import dev.tandem.transport.tls.Certificates;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The edge's command line: what it says, and what it ends with when it cannot start. */
class EdgeCommandTest {
    private static final Path PACK = Path.of("..", "models", "tiny-vqa");

    @TempDir
    private Path dir;
    private final StringWriter said = new StringWriter();

    @Test
    void theHelpSpeaksOfTasksAndHeads() {
        assertEquals(ExitCodes.OK, run("--version"));
        assertTrue(said.toString().startsWith("tandem "), said.toString());
        assertEquals(ExitCodes.OK, run("--help"));
        for (String word : List.of("heads of the pack", "classify", "--methods", "--max-tokens", "--answer-tokens",
                "--queue", "--readings")) {
            assertTrue(said.toString().contains(word), said.toString());
        }
    }

    @Test
    void whatCannotStartEndsWithTheSharedExitCodes() {
        Path certs = dir.resolve("certs");
        assertEquals(ExitCodes.USAGE, run("--pack", PACK.toString()));
        assertTrue(said.toString().contains("--certs"), said.toString());
        Certificates.createDevelopment(certs, List.of("127.0.0.1"));
        assertEquals(ExitCodes.USAGE, run("--pack", PACK.toString(), "--certs", certs.toString(), "--listen", "here"));
        assertEquals(ExitCodes.USAGE,
                run("--pack", PACK.toString(), "--certs", certs.toString(), "--answer-tokens", "0"));
        assertEquals(ExitCodes.USAGE,
                run("--pack", PACK.toString(), "--certs", certs.toString(), "--methods", "raw,smoke", "--listen",
                        "127.0.0.1:0"));
        assertTrue(said.toString().contains("[smoke]"), said.toString());
        assertEquals(ExitCodes.DATA, run("--pack", dir.toString(), "--certs", certs.toString(), "--listen",
                "127.0.0.1:0"));
        assertTrue(said.toString().contains("pack.json"), said.toString());
    }

    @Test
    void aPortThatIsTakenIsToldBeforeThePackIsOpened() throws IOException {
        try (ServerSocket tcp = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                DatagramSocket udp = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            refused("over TCP failed", "--listen", "127.0.0.1:" + tcp.getLocalPort());
            refused("over UDP failed", "--listen", "127.0.0.1:" + udp.getLocalPort(), "--transport", "quic");
            refused("--metrics: listening on [127.0.0.1:" + tcp.getLocalPort() + "]", "--listen", "127.0.0.1:0",
                    "--metrics", "127.0.0.1:" + tcp.getLocalPort());
        }
    }

    @Test
    void anAddressThatIsNotHereOrAnywhereIsNamed() {
        refused("is the address this machine's", "--listen", "192.0.2.1:7443");
        refused("--listen: the host name [no-such-host.invalid] is not known", "--listen", "no-such-host.invalid:7443");
        refused("--metrics: the host name [no-such-host.invalid] is not known", "--listen", "127.0.0.1:0", "--metrics",
                "no-such-host.invalid:9090");
    }

    private void refused(String words, String... options) {
        List<String> all = new ArrayList<>(
                List.of("--pack", dir.resolve("none").toString(), "--certs", dir.toString()));
        all.addAll(List.of(options));
        assertEquals(ExitCodes.UNAVAILABLE, run(all.toArray(String[]::new)), said.toString());
        assertTrue(said.toString().contains(words), said.toString());
    }

    @Test
    void theReadyLineSaysWhatIsTakenAndDone() {
        Certificates.Development made = Certificates.createDevelopment(dir.resolve("certs"), List.of("127.0.0.1"));
        try (EdgeDaemon daemon = EdgeDaemon.start(EdgeSettings
                .of(PACK, new InetSocketAddress("127.0.0.1", 0), made.edge()).withThreads(1)
                .withMethods(Set.of("raw", "tofc")))) {
            String words = ReadyLine.words(daemon, null);
            assertTrue(words.startsWith("tandem edge ready on 127.0.0.1:" + daemon.address().getPort()
                    + " with pack tiny-vqa 1 "), words);
            assertTrue(words.contains("; methods tofc, raw; tasks question by words"), words);
            JsonNode json = ReadyLine.json(daemon, null);
            assertTrue(json.get("ready").asBoolean());
            assertEquals(daemon.address().getPort(), json.get("port").asInt());
            assertEquals("raw", json.get("methods").get(1).asText());
            assertEquals("words", json.get("heads").get(0).get("name").asText());
            assertEquals("question", json.get("heads").get(0).get("tasks").get(0).asText());
            assertFalse(json.has("metrics"), json.toString());
            InetSocketAddress page = new InetSocketAddress("127.0.0.1", 9100);
            assertTrue(ReadyLine.words(daemon, page).endsWith("; metrics on 127.0.0.1:9100"));
            assertEquals(9100, ReadyLine.json(daemon, page).path("metrics").path("port").asInt());
        }
    }

    private int run(String... arguments) {
        CommandLine line = EdgeMain.commandLine();
        PrintWriter to = new PrintWriter(said, true);
        return line.setOut(to).setErr(to).execute(arguments);
    }
}
