package dev.tandem.hil.eval.link;

import dev.tandem.command.CommandFailedException;
import dev.tandem.command.ExitCodes;
import dev.tandem.device.DeviceAgent;
import dev.tandem.device.DeviceSettings;
import dev.tandem.engine.EngineSettings;
import dev.tandem.engine.Engines;
import dev.tandem.hil.relay.Profile;
import dev.tandem.hil.relay.Relay;
import dev.tandem.method.PackMethods;
import dev.tandem.transport.device.ClientSettings;
import dev.tandem.transport.device.TandemClient;
import dev.tandem.transport.frame.PackIdentity;
import dev.tandem.transport.session.TransportChoice;
import dev.tandem.transport.tls.Certificates;
import dev.tandem.transport.tls.Credentials;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Both ends on one machine: an {@link EdgeProcess}, certificates made on the spot, and device agents in this process;
 * where asked for, a {@link Relay} between them. Closing it, or ending this process, leaves no process and no file
 * behind. Agents are closed by whoever opened them.
 */
public final class Loopback implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(5);

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
            Credentials device = Certificates.createDevelopment(certificates, List.of("localhost", HOST))
                    .device();
            return new Loopback(folder, pack, device, EdgeProcess.start(pack, certificates, threads), threads);
        } catch (IOException | RuntimeException problem) {
            delete(folder);
            throw problem;
        }
    }

    /**
     * Puts a link like this before the edge: devices opened from now on reach it through the relay. Called at most
     * once; {@link #close} ends it.
     */
    public Relay through(Profile profile, long seed) throws IOException {
        if (relay != null) {
            throw new IllegalStateException("a relay stands before the edge already; its profile can be changed");
        }
        relay = Relay.start(new InetSocketAddress(HOST, 0), new InetSocketAddress(HOST, edge.port()),
                profile, seed);
        return relay;
    }

    /** A bare client over one transport, through the relay where there is one, connected. */
    public TandemClient client(PackMethods methods, TransportChoice transport) {
        PackIdentity identity = new PackIdentity(methods.pack().manifest().name(), methods.pack().hash(),
                methods.hashes());
        TandemClient client = TandemClient
                .open(ClientSettings.of(HOST, port(), device, identity).withTransport(transport));
        await(client::connected, client);
        return client;
    }

    private int port() {
        return relay == null ? edge.port() : relay.address().getPort();
    }

    /** A device that reaches the edge at most this fast, connected; 0: as fast as it goes. */
    public DeviceAgent device(long uplinkBytesPerSecond) {
        DeviceAgent agent = DeviceAgent.open(DeviceSettings.of(pack, HOST, port(), device)
                .withEngine(Engines.AUTO, EngineSettings.defaults().withThreads(threads))
                .withUplinkBytesPerSecond(uplinkBytesPerSecond));
        await(agent::connected, agent);
        return agent;
    }

    /**
     * The edge has just started: on a machine with much else to do its first handshake may take longer than a link's
     * patience.
     */
    private static void await(BooleanSupplier connected, AutoCloseable opened) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!connected.getAsBoolean()) {
                if (System.nanoTime() > end) {
                    throw new CommandFailedException(ExitCodes.UNAVAILABLE,
                            "connecting to the edge of this loopback: not done"
                                    + " after [" + PATIENCE.toSeconds() + "] s; its own words stand above");
                }
                Thread.sleep(POLL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw closing(opened, new CommandFailedException(ExitCodes.UNAVAILABLE, "connecting was interrupted", e));
        } catch (CommandFailedException e) {
            throw closing(opened, e);
        }
    }

    private static CommandFailedException closing(AutoCloseable opened, CommandFailedException problem) {
        try {
            opened.close();
        } catch (Exception also) {
            problem.addSuppressed(also);
        }
        return problem;
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
