package dev.tandem.cli.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.hil.relay.NoLeaks;
import dev.tandem.hil.relay.Peers;
import dev.tandem.hil.relay.Profiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import picocli.CommandLine;

@ExtendWith(NoLeaks.class)
class RelayCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return new CommandLine(new RelayCommand()).setOut(new PrintWriter(out)).setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @Test
    void listsTheProfiles() {
        assertEquals(0, run("--list"));
        Profiles.names().forEach(name -> assertTrue(out.toString().contains(name + " "), name));
    }

    @Test
    void saysWhatIsWrongWithItsOptions() {
        assertEquals(2, run());
        assertEquals(2, run("--to", "nowhere"));
        assertTrue(err.toString().contains("--to [nowhere]: needed host:port"), err.toString());
        assertTrue(run("--to", "127.0.0.1:9", "--profile", "lti") != 0);
        assertTrue(err.toString().contains("opening profile [lti]"), err.toString());
    }

    @Test
    void runsUntilInterruptedAndSumUp() throws Exception {
        try (Peers.UdpEcho server = new Peers.UdpEcho();
                DatagramSocket client = new DatagramSocket(Peers.loopback(0))) {
            Thread relay = Thread.ofPlatform()
                    .start(() -> run("--to", "127.0.0.1:" + server.address().getPort(), "--profile", "clean",
                            "--json"));
            Peers.await("ready", () -> out.toString().contains("\n"));
            int port = line(0).get("port").asInt();
            client.setSoTimeout(Peers.PATIENCE_MS);
            client.send(new DatagramPacket(new byte[5], 5, Peers.loopback(port)));
            client.receive(new DatagramPacket(new byte[5], 5));
            relay.interrupt();
            relay.join();
            assertEquals(1, line(1).get("udp").get("up").get("delivered").asInt());
            assertEquals(33, line(1).get("udp").get("down").get("deliveredBytes").asInt());
            assertEquals(0, line(1).get("tcp").get("up").get("lost").asInt());
        }
    }

    private JsonNode line(int index) throws IOException {
        return new ObjectMapper().readTree(out.toString().lines().toList().get(index));
    }
}
