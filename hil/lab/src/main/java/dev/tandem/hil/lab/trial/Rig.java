package dev.tandem.hil.lab.trial;

import dev.tandem.command.ThrowawayCertificates;
import dev.tandem.hil.relay.Profile;
import dev.tandem.hil.relay.Relay;
import dev.tandem.pack.Pack;
import dev.tandem.transport.device.AskRequest;
import dev.tandem.transport.device.ClientSettings;
import dev.tandem.transport.device.PartTaker;
import dev.tandem.transport.device.TandemClient;
import dev.tandem.transport.session.TransportChoice;
import dev.tandem.transport.tls.Credentials;
import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * One edge, a relay before it, this process's certificates; devices are connected through the relay. Closing it
 * leaves nothing behind.
 */
final class Rig implements AutoCloseable {
    /** Answers are counted, not read. */
    static final PartTaker NOBODY = (kind, bytes) -> {
    };

    private final Pack pack;
    private final Credentials device;
    private final CountingEdge edge;
    private final Relay relay;

    private Rig(Pack pack, Credentials device, CountingEdge edge, Relay relay) {
        this.pack = pack;
        this.device = device;
        this.edge = edge;
        this.relay = relay;
    }

    static Rig start(Pack pack, Profile profile, long seed) throws IOException {
        ThrowawayCertificates certificates = ThrowawayCertificates.ofProcess();
        CountingEdge edge = null;
        try {
            edge = CountingEdge.start(pack, certificates.edge(), TransportChoice.AUTO);
            Relay relay = Relay.start(new InetSocketAddress("127.0.0.1", 0), edge.server().address(), profile, seed);
            return new Rig(pack, certificates.device(), edge, relay);
        } catch (IOException | RuntimeException problem) {
            if (edge != null) {
                edge.close();
            }
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
    }
}
