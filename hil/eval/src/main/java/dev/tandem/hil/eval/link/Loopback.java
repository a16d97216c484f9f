package dev.tandem.hil.eval.link;

import dev.tandem.device.DeviceAgent;
import dev.tandem.device.DeviceSettings;
import dev.tandem.engine.EngineSettings;
import dev.tandem.hil.relay.Profile;
import dev.tandem.hil.relay.Relay;
import dev.tandem.pack.Pack;
import dev.tandem.transport.device.ClientSettings;
import dev.tandem.transport.device.TandemClient;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.PackIdentity;
import dev.tandem.transport.session.PeerException;
import dev.tandem.transport.session.TransportChoice;
import dev.tandem.transport.tls.Certificates;
import dev.tandem.transport.tls.Credentials;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Both ends on one machine: an {@link EdgeProcess}, certificates made on the spot, and device agents in this process; where
 * asked for, a {@link Relay} between them. Closing it, or ending this process, leaves no process and no file behind. Agents are closed by whoever opened them.
 */
public final class Loopback implements AutoCloseable {
    private static final int ATTEMPTS = 4;
    private static final Set<ErrorCode> SLOW_START = Set.of(ErrorCode.CONNECT_TIMEOUT, ErrorCode.UNREACHABLE);

    private final Path folder;
    private final Path pack;
    private final Credentials device;
    private final EdgeProcess edge;
    private final int threads;
    private final Thread hook;
    private Relay relay;

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
     * Puts a link like this before the edge: devices opened from now on reach it through the relay. Called at most once;
     * {@link #close} ends it.
     */
    public Relay through(Profile profile, long seed) throws IOException {
        if (relay != null) {
            throw new IllegalStateException("a relay stands before the edge already; its profile can be changed");
        }
        relay = Relay.start(new InetSocketAddress("127.0.0.1", 0), new InetSocketAddress("127.0.0.1", edge.port()),
                profile, seed);
        return relay;
    }

    /** A bare client over one transport, through the relay where there is one; as patient as {@link #device}. */
    public TandemClient client(Pack opened, TransportChoice transport) {
        ClientSettings settings = ClientSettings.of("127.0.0.1", port(), device,
                new PackIdentity(opened.manifest().name(), opened.hash(), opened.tableHash()));
        return patiently(() -> TandemClient.connect(settings.withTransport(transport)));
    }

    private int port() {
        return relay == null ? edge.port() : relay.address().getPort();
    }

    /**
     * A device that reaches the edge at most this fast; 0: as fast as it goes. The edge has just started: on a machine with
     * much else to do its first handshake may take longer than a link's patience, so it is tried a few times.
     */
    public DeviceAgent device(long uplinkBytesPerSecond) {
        DeviceSettings settings = DeviceSettings.of(pack, "127.0.0.1", port(), device)
                .withEngine("auto", EngineSettings.defaults().withThreads(threads))
                .withUplinkBytesPerSecond(uplinkBytesPerSecond);
        return patiently(() -> DeviceAgent.open(settings));
    }

    private static <T> T patiently(Supplier<T> connect) {
        for (int attempt = 1;; attempt++) {
            try {
                return connect.get();
            } catch (PeerException problem) {
                if (attempt == ATTEMPTS || !SLOW_START.contains(problem.code())) {
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
        if (relay != null) {
            relay.close();
        }
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
