package dev.tandem.hil.lab.trial;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.hil.lab.attack.Target;
import dev.tandem.hil.lab.sharing.LabAuthority;
import dev.tandem.pack.Pack;
import dev.tandem.transport.device.ClientSettings;
import dev.tandem.transport.frame.PackIdentity;
import dev.tandem.transport.session.TransportChoice;
import dev.tandem.transport.tls.Credentials;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** A {@link CountingEdge} in a process of its own, so that its memory can be told from its devices'. One thread. */
final class CountingProcess implements AutoCloseable {
    /** A trial measures what follows: a machine that is busy may take its time to connect. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final LabAuthority authority;
    private final Process process;
    private final PackIdentity pack;
    private final BufferedReader said;
    private final int port;

    private CountingProcess(LabAuthority authority, Process process, PackIdentity pack)
            throws IOException {
        this.authority = authority;
        this.process = process;
        this.pack = pack;
        this.said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.port = Integer.parseInt(line());
    }

    /**
     * With a heap of 256 MB. Its collections leave no dead objects lying, of which 9 MB were counted as held.
     *
     * @param leaks whether each buffer is tracked
     */
    static CountingProcess start(Path folder, boolean leaks) throws IOException {
        PackIdentity pack = CountingEdge.identity(Pack.open(folder));
        LabAuthority authority = new LabAuthority();
        Credentials own = authority.edge();
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-Xmx256m",
                "-XX:+UseSerialGC", "-XX:MarkSweepDeadRatio=0", "-Dtandem.log=ERROR", "-cp",
                System.getProperty("java.class.path"),
                CountingChild.class.getName(), folder.toString(), own.certificate().toString(), own.key().toString(),
                own.trust().toString(), Boolean.toString(leaks)).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try {
            return new CountingProcess(authority, process, pack);
        } catch (IOException | RuntimeException problem) {
            process.destroyForcibly();
            authority.close();
            throw problem;
        }
    }

    /** How a device reaches it. */
    ClientSettings settings(TransportChoice transport) {
        return ClientSettings.of("127.0.0.1", port, authority.polite(), pack).withTransport(transport)
                .withConnect(PATIENCE);
    }

    /** How an attacker does, with a certificate of its own: what one device takes is taken from that device. */
    Target target() throws IOException {
        return new Target(port, authority.device("attacker"), pack);
    }

    EdgeVitals vitals() throws IOException {
        OutputStream ask = process.getOutputStream();
        ask.write('\n');
        ask.flush();
        return new ObjectMapper().readValue(line(), EdgeVitals.class);
    }

    private String line() throws IOException {
        String line = said.readLine();
        if (line == null) {
            throw new IOException("the edge's process has ended by itself");
        }
        return line;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        authority.close();
    }
}
