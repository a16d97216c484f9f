package dev.tandem.transport.edge;

import dev.tandem.transport.frame.LinkLimits;
import dev.tandem.transport.frame.PackIdentity;
import dev.tandem.transport.session.TransportChoice;
import dev.tandem.transport.tls.Credentials;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * How an edge listens. Immutable; start from {@link #of} and change with the withers.
 *
 * @param address where to listen; port 0 picks a free one
 * @param credentials certificate of the edge and the authority of its devices
 * @param pack what devices must hold alike
 * @param limits told to devices
 * @param connections devices connected at once; unfinished handshakes are not among them
 * @param connectionsPerAddress of them from one address
 * @param handshake time for TLS and HELLO together
 * @param transport which transports to listen on, on one port number
 * @param lab TCP without TLS, for laboratories
 * @param drain how long {@link TandemServer#close} waits for exchanges in flight
 * @param bufferBytes what all connections may hold together: frames that come, slices that wait, answers not taken; a
 *        quarter of the heap by default
 */
public record ServerSettings(InetSocketAddress address, Credentials credentials, PackIdentity pack, LinkLimits limits,
        int connections, int connectionsPerAddress, Duration handshake,
        TransportChoice transport, boolean lab, Duration drain, long bufferBytes) {
    private static final int CONNECTIONS = 8_192;
    private static final int HEAP_PARTS = 4;

    /** The defaults of docs/wire.md. */
    public static ServerSettings of(InetSocketAddress address, Credentials credentials, PackIdentity pack) {
        return new ServerSettings(address, credentials, pack, LinkLimits.defaults(), CONNECTIONS, CONNECTIONS,
                Duration.ofSeconds(5), TransportChoice.AUTO, false, Duration.ofSeconds(10),
                Runtime.getRuntime().maxMemory() / HEAP_PARTS);
    }

    public ServerSettings withLimits(LinkLimits value) {
        return new ServerSettings(address, credentials, pack, value, connections,
                connectionsPerAddress, handshake, transport, lab, drain, bufferBytes);
    }

    public ServerSettings withConnections(int value) {
        return new ServerSettings(address, credentials, pack, limits, value,
                connectionsPerAddress, handshake, transport, lab, drain, bufferBytes);
    }

    public ServerSettings withConnectionsPerAddress(int value) {
        return new ServerSettings(address, credentials, pack, limits, connections, value,
                handshake, transport, lab, drain, bufferBytes);
    }

    public ServerSettings withHandshake(Duration value) {
        return new ServerSettings(address, credentials, pack, limits, connections,
                connectionsPerAddress, value, transport, lab, drain, bufferBytes);
    }

    public ServerSettings withTransport(TransportChoice value) {
        return new ServerSettings(address, credentials, pack, limits, connections,
                connectionsPerAddress, handshake, value, lab, drain, bufferBytes);
    }

    public ServerSettings withLab(boolean value) {
        return new ServerSettings(address, credentials, pack, limits, connections,
                connectionsPerAddress, handshake, value ? TransportChoice.TCP : transport, value, drain, bufferBytes);
    }

    public ServerSettings withDrain(Duration value) {
        return new ServerSettings(address, credentials, pack, limits, connections,
                connectionsPerAddress, handshake, transport, lab, value, bufferBytes);
    }

    public ServerSettings withBufferBytes(long value) {
        return new ServerSettings(address, credentials, pack, limits, connections,
                connectionsPerAddress, handshake, transport, lab, drain, value);
    }
}
