package dev.tandem.transport.device;

import dev.tandem.transport.session.Causes;
import dev.tandem.transport.session.Transport;
import dev.tandem.transport.session.TransportChoice;
import dev.tandem.transport.session.TransportMemory;
import io.netty.handler.codec.quic.Quic;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.List;

/**
 * Which transports are tried, and which of them first, from the network that the device is in now (docs/wire.md,
 * section 8). Loop only.
 */
final class TransportOrder {
    private final ClientSettings settings;
    private final TransportMemory memory = new TransportMemory();

    /** IllegalArgumentException when only QUIC may be used and does not load here. */
    TransportOrder(ClientSettings settings) {
        if (settings.transport() == TransportChoice.QUIC && !Quic.isAvailable()) {
            throw new IllegalArgumentException("transport quic: Netty's native QUIC does not load here ["
                    + Causes.deepest(Quic.unavailabilityCause()) + "]; use auto or tcp");
        }
        this.settings = settings;
    }

    /** This end's address towards the edge names the network; nothing is sent to find it. */
    String network() {
        try (DatagramSocket probe = new DatagramSocket()) {
            probe.connect(new InetSocketAddress(settings.host(), settings.port()));
            return String.valueOf(probe.getLocalAddress());
        } catch (SocketException | UncheckedIOException e) {
            return "unknown";
        }
    }

    List<Transport> of(String network) {
        TransportChoice choice = settings.transport();
        if (!choice.quic() || !Quic.isAvailable()) {
            return List.of(Transport.TCP);
        }
        if (!choice.tcp()) {
            return List.of(Transport.QUIC);
        }
        return memory.first(network, System.nanoTime()) == Transport.QUIC
                ? List.of(Transport.QUIC, Transport.TCP)
                : List.of(Transport.TCP, Transport.QUIC);
    }

    /** A connection was made. */
    void won(String network, Transport transport) {
        memory.won(network, transport, System.nanoTime());
    }
}
