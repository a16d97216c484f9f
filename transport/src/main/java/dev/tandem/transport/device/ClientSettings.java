package dev.tandem.transport.device;

import dev.tandem.transport.frame.PackIdentity;
import dev.tandem.transport.session.TransportChoice;
import dev.tandem.transport.tls.Credentials;
import java.time.Duration;

/**
 * How a device reaches its edge. Immutable; start from {@link #of} and change with the withers.
 *
 * @param host name or address of the edge; its certificate must name it
 * @param port the same for UDP and TCP
 * @param credentials certificate of the device and the authority of the edge
 * @param pack what the edge must hold alike
 * @param connect time for TCP, TLS and HELLO, each
 * @param uplinkBytesPerSecond rate at which bytes leave, TLS records and QUIC packets included; 0: as fast as the link
 *        goes
 * @param transport which transports to try
 * @param reliableShare share of an exchange's slices, the most important ones, that travels on the stream and arrives
 *        whatever is lost; 0
 *        to 1
 * @param reconnect whether a lost connection is made anew
 * @param lab TCP without TLS, for laboratories; the edge must ask for it too
 */
public record ClientSettings(String host, int port, Credentials credentials, PackIdentity pack, Duration connect,
        long uplinkBytesPerSecond, TransportChoice transport, double reliableShare, boolean reconnect, boolean lab) {
    private static final double RELIABLE_SHARE = 0.25;

    public ClientSettings {
        if (!(reliableShare >= 0 && reliableShare <= 1)) {
            throw new IllegalArgumentException("reliable share [" + reliableShare + "], needed 0 to 1");
        }
    }

    /** Five seconds to connect, QUIC or TCP, no rate limit. */
    public static ClientSettings of(String host, int port, Credentials credentials, PackIdentity pack) {
        return new ClientSettings(host, port, credentials, pack, Duration.ofSeconds(5), 0, TransportChoice.AUTO,
                RELIABLE_SHARE, true, false);
    }

    public ClientSettings withConnect(Duration value) {
        return new ClientSettings(host, port, credentials, pack, value, uplinkBytesPerSecond, transport, reliableShare,
                reconnect, lab);
    }

    public ClientSettings withUplinkBytesPerSecond(long value) {
        return new ClientSettings(host, port, credentials, pack, connect, value, transport, reliableShare, reconnect,
                lab);
    }

    public ClientSettings withTransport(TransportChoice value) {
        return new ClientSettings(host, port, credentials, pack, connect, uplinkBytesPerSecond, value, reliableShare,
                reconnect, lab);
    }

    public ClientSettings withReliableShare(double value) {
        return new ClientSettings(host, port, credentials, pack, connect, uplinkBytesPerSecond, transport, value,
                reconnect, lab);
    }

    public ClientSettings withReconnect(boolean value) {
        return new ClientSettings(host, port, credentials, pack, connect, uplinkBytesPerSecond, transport,
                reliableShare, value, lab);
    }

    public ClientSettings withLab(boolean value) {
        return new ClientSettings(host, port, credentials, pack, connect, uplinkBytesPerSecond,
                value ? TransportChoice.TCP : transport, reliableShare, reconnect, value);
    }
}
