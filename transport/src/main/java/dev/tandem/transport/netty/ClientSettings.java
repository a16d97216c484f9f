package dev.tandem.transport.netty;

import dev.tandem.transport.frame.PackIdentity;
import java.time.Duration;

/**
 * How a device reaches its edge. Immutable; start from {@link #of} and change with the withers.
 *
 * @param host name or address of the edge; its certificate must name it
 * @param credentials certificate of the device and the authority of the edge
 * @param pack what the edge must hold alike
 * @param connect time for TCP, TLS and HELLO, each
 * @param uplinkBytesPerSecond rate at which bytes leave, TLS records included; 0: as fast as the link goes
 */
public record ClientSettings(String host, int port, Credentials credentials, PackIdentity pack, Duration connect,
        long uplinkBytesPerSecond) {

    /** Five seconds to connect, no rate limit. */
    public static ClientSettings of(String host, int port, Credentials credentials, PackIdentity pack) {
        return new ClientSettings(host, port, credentials, pack, Duration.ofSeconds(5), 0);
    }

    public ClientSettings withConnect(Duration value) {
        return new ClientSettings(host, port, credentials, pack, value, uplinkBytesPerSecond);
    }

    public ClientSettings withUplinkBytesPerSecond(long value) {
        return new ClientSettings(host, port, credentials, pack, connect, value);
    }
}
