package dev.tandem.device;

import dev.tandem.engine.EngineSettings;
import dev.tandem.engine.Engines;
import dev.tandem.transport.session.TransportChoice;
import dev.tandem.transport.tls.Credentials;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * How a device reaches its edge and runs its half. Immutable; start from {@link #of} and change with the withers.
 *
 * @param pack folder of the pack; the edge must hold the same sections
 * @param host name or address of the edge; its certificate must name it
 * @param port 1 to 65,535
 * @param credentials certificate of the device and the authority of the edge
 * @param engineName name of the engine provider, or "auto"
 * @param engine threads, optimisation, precision
 * @param uplinkBytesPerSecond rate at which bytes may leave; 0: as fast as the link goes
 * @param transport QUIC, TCP, or whichever reaches the edge first
 * @param lab TCP without TLS, for laboratories
 * @param connect time of each attempt to connect, and how long a request without a deadline waits for a link that is
 *        down
 */
public record DeviceSettings(Path pack, String host, int port, Credentials credentials, String engineName,
        EngineSettings engine, long uplinkBytesPerSecond, TransportChoice transport, boolean lab, Duration connect) {
    private static final Duration CONNECT = Duration.ofSeconds(5);

    public DeviceSettings {
        Objects.requireNonNull(pack, "pack");
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(credentials, "credentials");
        Objects.requireNonNull(engineName, "engineName");
        Objects.requireNonNull(engine, "engine");
        Objects.requireNonNull(transport, "transport");
        if (port < 1 || port > 65_535 || uplinkBytesPerSecond < 0 || !connect.isPositive()) {
            throw new IllegalArgumentException("device settings: port [" + port + "], uplink [" + uplinkBytesPerSecond
                    + "] bytes a second, time to connect [" + connect
                    + "]; needed a port of 1 to 65535, no negative rate and some time");
        }
    }

    /** Every setting but the first four at its default. */
    public static DeviceSettings of(Path pack, String host, int port, Credentials credentials) {
        return new DeviceSettings(pack, host, port, credentials, Engines.AUTO, EngineSettings.defaults(), 0,
                TransportChoice.AUTO, false, CONNECT);
    }

    public DeviceSettings withEngine(String name, EngineSettings value) {
        return new DeviceSettings(pack, host, port, credentials, name, value, uplinkBytesPerSecond, transport, lab,
                connect);
    }

    public DeviceSettings withUplinkBytesPerSecond(long value) {
        return new DeviceSettings(pack, host, port, credentials, engineName, engine, value, transport, lab, connect);
    }

    public DeviceSettings withTransport(TransportChoice value) {
        return new DeviceSettings(pack, host, port, credentials, engineName, engine, uplinkBytesPerSecond, value, lab,
                connect);
    }

    public DeviceSettings withLab(boolean value) {
        return new DeviceSettings(pack, host, port, credentials, engineName, engine, uplinkBytesPerSecond, transport,
                value, connect);
    }

    public DeviceSettings withConnect(Duration value) {
        return new DeviceSettings(pack, host, port, credentials, engineName, engine, uplinkBytesPerSecond, transport,
                lab, value);
    }
}
