package dev.tandem.edge.serve;

import dev.tandem.engine.EngineSettings;
import dev.tandem.engine.Engines;
import dev.tandem.method.HeadLimits;
import dev.tandem.transport.session.TransportChoice;
import dev.tandem.transport.tls.Credentials;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;

/**
 * How an edge daemon runs. Start from {@link #of} and change with the withers. Immutable.
 *
 * @param pack         folder of the pack
 * @param address      where to listen; port 0 picks a free one
 * @param credentials  certificate of the edge and the authority of its devices
 * @param engineName   name of the engine provider, or "auto"
 * @param engine       threads, optimisation, precision
 * @param methods      methods that may be used; empty: those of the pack that an edge takes by default
 * @param heads        what heads may take
 * @param queue        tasks that may wait for the model; beyond that the newest of the device that has most ends with
 *                     OVERLOADED
 * @param readings     pictures that stay read, for further tasks on them
 * @param readingBytes bytes that they may hold together
 * @param transport    QUIC, TCP, or both on one port number
 * @param lab          TCP without TLS, for laboratories
 */
public record EdgeSettings(Path pack, InetSocketAddress address, Credentials credentials, String engineName,
        EngineSettings engine, Set<String> methods, HeadLimits heads, int queue, int readings, long readingBytes,
        TransportChoice transport, boolean lab) {
    private static final long READING_BYTES = 512L << 20;

    public EdgeSettings {
        Objects.requireNonNull(pack, "pack");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(credentials, "credentials");
        Objects.requireNonNull(engineName, "engineName");
        Objects.requireNonNull(engine, "engine");
        methods = Set.copyOf(methods);
        Objects.requireNonNull(heads, "heads");
        Objects.requireNonNull(transport, "transport");
        if (queue < 1 || readings < 1 || readingBytes < 0) {
            throw new IllegalArgumentException("edge settings: queue [" + queue + "], readings [" + readings
                    + "], bytes of readings [" + readingBytes
                    + "]; the first two must be 1 or more, the last 0 or more");
        }
    }

    /** Every setting but the first three at its default. */
    public static EdgeSettings of(Path pack, InetSocketAddress address, Credentials credentials) {
        return new EdgeSettings(pack, address, credentials, Engines.AUTO, EngineSettings.defaults(), Set.of(),
                HeadLimits.defaults(), 64, 4, READING_BYTES, TransportChoice.AUTO, false);
    }

    public EdgeSettings withEngine(String name, EngineSettings value) {
        return new EdgeSettings(pack, address, credentials, name, value, methods, heads, queue, readings, readingBytes,
                transport, lab);
    }

    public EdgeSettings withThreads(int threads) {
        return withEngine(engineName, engine.withThreads(threads));
    }

    public EdgeSettings withMethods(Set<String> value) {
        return new EdgeSettings(pack, address, credentials, engineName, engine, value, heads, queue, readings,
                readingBytes, transport, lab);
    }

    public EdgeSettings withHeads(HeadLimits value) {
        return new EdgeSettings(pack, address, credentials, engineName, engine, methods, value, queue, readings,
                readingBytes, transport, lab);
    }

    public EdgeSettings withQueue(int value) {
        return new EdgeSettings(pack, address, credentials, engineName, engine, methods, heads, value, readings,
                readingBytes, transport, lab);
    }

    public EdgeSettings withReadings(int most, long bytes) {
        return new EdgeSettings(pack, address, credentials, engineName, engine, methods, heads, queue, most, bytes,
                transport, lab);
    }

    public EdgeSettings withTransport(TransportChoice value) {
        return new EdgeSettings(pack, address, credentials, engineName, engine, methods, heads, queue, readings,
                readingBytes, value, lab);
    }

    public EdgeSettings withLab(boolean value) {
        return new EdgeSettings(pack, address, credentials, engineName, engine, methods, heads, queue, readings,
                readingBytes, transport, value);
    }
}
