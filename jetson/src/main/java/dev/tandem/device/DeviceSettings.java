package dev.tandem.device;

import dev.tandem.engine.EngineSettings;
import dev.tandem.engine.Engines;
import dev.tandem.transport.session.TransportChoice;
import dev.tandem.transport.tls.Credentials;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * How a device reaches its edge and runs its half. Start from {@link #of} and change with the withers.
 *
 * @param pack
 *            folder of the pack; the edge must hold the same
 * @param host
 *            name or address of the edge; its certificate must name it
 * @param credentials
 *            certificate of the device and the authority of the edge
 * @param engineName
 *            name of the engine provider, or "auto"
 * @param engine
 *            threads, optimisation, precision
 * @param uplinkBytesPerSecond
 *            rate at which bytes may leave; 0: as fast as the link goes
 * @param transport
 *            QUIC, TCP, or whichever reaches the edge first
 * @param lab
 *            TCP without TLS, for laboratories
 * @param deadline
 *            from ask to the last word; zero: the edge's longest
 */
public record DeviceSettings(Path pack, String host, int port, Credentials credentials, String engineName,
        EngineSettings engine, long uplinkBytesPerSecond, TransportChoice transport, boolean lab, Duration deadline) {
    public DeviceSettings {
        Objects.requireNonNull(pack, "pack");
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(credentials, "credentials");
        Objects.requireNonNull(engineName, "engineName");
        Objects.requireNonNull(engine, "engine");
        Objects.requireNonNull(transport, "transport");
        Objects.requireNonNull(deadline, "deadline");
        if (port < 1 || port > 65_535 || uplinkBytesPerSecond < 0 || deadline.isNegative())
            throw new IllegalArgumentException("device settings: port [" + port + "], uplink [" + uplinkBytesPerSecond
                    + "] bytes a second, deadline [" + deadline
                    + "]; needed a port of 1 to 65535 and nothing negative");
    }

    /** Every setting but the first four at its default. */
    public static DeviceSettings of(Path pack, String host, int port, Credentials credentials) {
        return new DeviceSettings(pack, host, port, credentials, Engines.AUTO, EngineSettings.defaults(), 0,
                TransportChoice.AUTO, false, Duration.ZERO);
    }

    public DeviceSettings withEngine(String name, EngineSettings value) {
        return new DeviceSettings(pack, host, port, credentials, name, value, uplinkBytesPerSecond, transport, lab,
                deadline);
    }

    public DeviceSettings withUplinkBytesPerSecond(long value) {
        return new DeviceSettings(pack, host, port, credentials, engineName, engine, value, transport, lab, deadline);
    }

    public DeviceSettings withTransport(TransportChoice value) {
        return new DeviceSettings(pack, host, port, credentials, engineName, engine, uplinkBytesPerSecond, value, lab,
                deadline);
    }

    public DeviceSettings withLab(boolean value) {
        return new DeviceSettings(pack, host, port, credentials, engineName, engine, uplinkBytesPerSecond, transport,
                value, deadline);
    }

    public DeviceSettings withDeadline(Duration value) {
        return new DeviceSettings(pack, host, port, credentials, engineName, engine, uplinkBytesPerSecond, transport,
                lab,
                value);
    }
}
