package dev.tandem.hil.lab.trial;

import dev.tandem.hil.relay.Profile;
import dev.tandem.hil.relay.Relay;
import dev.tandem.pack.Pack;
import dev.tandem.transport.device.AskRequest;
import dev.tandem.transport.device.ClientSettings;
import dev.tandem.transport.device.PartTaker;
import dev.tandem.transport.device.TandemClient;
import dev.tandem.transport.session.TransportChoice;
import dev.tandem.transport.tls.Certificates;
import dev.tandem.transport.tls.Credentials;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * One edge, a relay before it, certificates made on the spot; devices are connected through the relay. Closing it
 * leaves nothing behind.
 */
final class Rig implements AutoCloseable {
    /** Answers are counted, not read. */
    static final PartTaker NOBODY = (kind, bytes) -> {
    };

    private final Path folder;
    private final Pack pack;
    private final Credentials device;
    private final CountingEdge edge;
    private final Relay relay;

    private Rig(Path folder, Pack pack, Credentials device, CountingEdge edge, Relay relay) {
        this.folder = folder;
        this.pack = pack;
        this.device = device;
        this.edge = edge;
        this.relay = relay;
    }

    static Rig start(Pack pack, Profile profile, long seed) throws IOException {
        Path folder = Files.createTempDirectory("tandem-trial");
        Certificates.Development made = Certificates.createDevelopment(folder.resolve("certs"),
                List.of("localhost", "127.0.0.1"));
        CountingEdge edge = CountingEdge.start(pack, made.edge(), TransportChoice.AUTO);
        try {
            Relay relay = Relay.start(new InetSocketAddress("127.0.0.1", 0), edge.server().address(), profile, seed);
            return new Rig(folder, pack, made.device(), edge, relay);
        } catch (IOException | RuntimeException problem) {
            edge.close();
            throw problem;
        }
    }

    /** How a device reaches the edge through the relay. */
    ClientSettings through(TransportChoice transport) {
        return settings(relay.address().getPort(), transport);
    }

    /** How a device reaches the edge past the relay. */
    ClientSettings direct(TransportChoice transport) {
        return settings(edge.server().address().getPort(), transport);
    }

    private ClientSettings settings(int port, TransportChoice transport) {
        return ClientSettings.of("127.0.0.1", port, device, CountingEdge.identity(pack)).withTransport(transport);
    }

    TandemClient connect(TransportChoice transport) {
        return TandemClient.connect(through(transport));
    }

    static AskRequest ask(TrialSlices picture) {
        return AskRequest.of(picture.task().code(), picture.task().body()).withPoint(picture.point().name())
                .withSlices(picture.slices(), picture.need());
    }

    Relay relay() {
        return relay;
    }

    CountingEdge edge() {
        return edge;
    }

    @Override
    public void close() {
        relay.close();
        edge.close();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException gone) {
            // What is not there need not be deleted.
        }
    }
}
