package dev.tandem.hil.eval.link;

import dev.tandem.command.CommandFailedException;
import dev.tandem.command.ExitCodes;
import dev.tandem.command.Identities;
import dev.tandem.command.ThrowawayCertificates;
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
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Both ends on one machine: an {@link EdgeProcess}, certificates made on the spot, and device agents in this process;
 * where asked for, a {@link Relay} between them. Closing it, or ending this process, leaves no process and no file
 * behind. Agents are closed by whoever opened them.
 */
public final class Loopback implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(5);

    private final ThrowawayCertificates certificates;
    private final Path pack;
    private final EdgeProcess edge;
    private final int threads;
    private Relay relay;

    private Loopback(ThrowawayCertificates certificates, Path pack, EdgeProcess edge, int threads) {
        this.certificates = certificates;
        this.pack = pack;
        this.edge = edge;
        this.threads = threads;
    }

    /** Makes certificates and starts the edge. */
    public static Loopback start(Path pack, int threads) throws IOException {
        ThrowawayCertificates certificates = ThrowawayCertificates.make();
        try {
            return new Loopback(certificates, pack, EdgeProcess.start(pack, certificates.folder(), threads), threads);
        } catch (IOException | RuntimeException problem) {
            certificates.close();
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
        PackIdentity identity = Identities.of(methods);
        TandemClient client = TandemClient
                .open(ClientSettings.of(HOST, port(), certificates.device(), identity).withTransport(transport));
        await(client::connected, client);
        return client;
    }

    private int port() {
        return relay == null ? edge.port() : relay.address().getPort();
    }

    /** A device that reaches the edge at most this fast, connected; 0: as fast as it goes. */
    public DeviceAgent device(long uplinkBytesPerSecond) {
        DeviceAgent agent = DeviceAgent.open(DeviceSettings.of(pack, HOST, port(), certificates.device())
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
        certificates.close();
    }
}
