package dev.tandem.hil.link;

import dev.tandem.device.DeviceAgent;
import dev.tandem.device.DeviceSettings;
import dev.tandem.engine.EngineSettings;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.netty.Certificates;
import dev.tandem.transport.netty.Credentials;
import dev.tandem.transport.netty.PeerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Both ends on one machine: an {@link EdgeProcess}, certificates made on the spot, and device agents in this process.
 * Closing it, or ending this process, leaves no process and no file behind. Agents are closed by whoever opened them.
 */
public final class Loopback implements AutoCloseable {
    private static final int ATTEMPTS = 4;

    private final Path folder;
    private final Path pack;
    private final Credentials device;
    private final EdgeProcess edge;
    private final int threads;
    private final Thread hook;

    private Loopback(Path folder, Path pack, Credentials device, EdgeProcess edge, int threads) {
        this.folder = folder;
        this.pack = pack;
        this.device = device;
        this.edge = edge;
        this.threads = threads;
        this.hook = new Thread(() -> delete(folder), "tandem-loopback-end");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Makes certificates and starts the edge. */
    public static Loopback start(Path pack, int threads) throws IOException {
        Path folder = Files.createTempDirectory("tandem-loopback");
        try {
            Path certificates = folder.resolve("certs");
            Credentials device = Certificates.createDevelopment(certificates, List.of("localhost", "127.0.0.1"))
                    .device();
            return new Loopback(folder, pack, device, EdgeProcess.start(pack, certificates, threads), threads);
        } catch (IOException | RuntimeException problem) {
            delete(folder);
            throw problem;
        }
    }

    /**
     * A device that reaches the edge at most this fast; 0: as fast as it goes. The edge has just started: on a machine with
     * much else to do its first handshake may take longer than a link's patience, so it is tried a few times.
     */
    public DeviceAgent device(long uplinkBytesPerSecond) {
        DeviceSettings settings = DeviceSettings.of(pack, "127.0.0.1", edge.port(), device)
                .withEngine("auto", EngineSettings.defaults().withThreads(threads))
                .withUplinkBytesPerSecond(uplinkBytesPerSecond);
        for (int attempt = 1;; attempt++) {
            try {
                return DeviceAgent.open(settings);
            } catch (PeerException problem) {
                if (attempt == ATTEMPTS || problem.code() != ErrorCode.CONNECT_TIMEOUT) {
                    throw problem;
                }
            }
        }
    }

    /** The edge's process. */
    public EdgeProcess edge() {
        return edge;
    }

    @Override
    public void close() {
        edge.close();
        delete(folder);
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // Too late, and no harm.
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException gone) {
            // What is not there need not be deleted.
        }
    }
}
