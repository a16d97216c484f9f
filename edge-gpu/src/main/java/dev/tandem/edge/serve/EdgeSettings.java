package dev.tandem.edge.serve;

import dev.tandem.engine.EngineSettings;
import dev.tandem.engine.Engines;
import dev.tandem.transport.session.TransportChoice;
import dev.tandem.transport.tls.Credentials;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Objects;

/**
 * How an edge daemon runs. Start from {@link #of} and change with the withers.
 *
 * @param pack
 *            folder of the pack
 * @param address
 *            where to listen; port 0 picks a free one
 * @param credentials
 *            certificate of the edge and the authority of its devices
 * @param engineName
 *            name of the engine provider, or "auto"
 * @param engine
 *            threads, optimisation, precision
 * @param maxTokens
 *            longest context; the pack's own limit if that is lower. Two caches of this length are allocated at start
 * @param answerTokens
 *            tokens of an answer at most
 * @param queue
 *            exchanges that may wait for the model; beyond that the oldest ends with OVERLOADED
 * @param transport
 *            QUIC, TCP, or both on one port number
 * @param lab
 *            TCP without TLS, for laboratories
 * @param pictures
 *            pictures whose prefill is kept for further questions
 */
public record EdgeSettings(Path pack, InetSocketAddress address, Credentials credentials, String engineName,
        EngineSettings engine, int maxTokens, int answerTokens, int queue, TransportChoice transport, boolean lab,
        int pictures) {
    public EdgeSettings {
        Objects.requireNonNull(pack, "pack");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(credentials, "credentials");
        Objects.requireNonNull(engineName, "engineName");
        Objects.requireNonNull(engine, "engine");
        Objects.requireNonNull(transport, "transport");
        if (maxTokens < 1 || answerTokens < 1 || queue < 1 || pictures < 1) {
            throw new IllegalArgumentException("edge settings: maxTokens [" + maxTokens + "], answerTokens ["
                    + answerTokens + "], queue [" + queue + "], pictures [" + pictures + "]; each must be 1 or more");
        }
    }

    /** Every setting but the first three at its default. */
    public static EdgeSettings of(Path pack, InetSocketAddress address, Credentials credentials) {
        return new EdgeSettings(pack, address, credentials, Engines.AUTO, EngineSettings.defaults(), Integer.MAX_VALUE,
                128, 64, TransportChoice.AUTO, false, 4);
    }

    public EdgeSettings withEngine(String name, EngineSettings value) {
        return new EdgeSettings(pack, address, credentials, name, value, maxTokens, answerTokens, queue, transport, lab,
                pictures);
    }

    public EdgeSettings withThreads(int threads) {
        return withEngine(engineName, engine.withThreads(threads));
    }

    public EdgeSettings withMaxTokens(int value) {
        return new EdgeSettings(pack, address, credentials, engineName, engine, value, answerTokens, queue, transport,
                lab, pictures);
    }

    public EdgeSettings withAnswerTokens(int value) {
        return new EdgeSettings(pack, address, credentials, engineName, engine, maxTokens, value, queue, transport, lab,
                pictures);
    }

    public EdgeSettings withQueue(int value) {
        return new EdgeSettings(pack, address, credentials, engineName, engine, maxTokens, answerTokens, value,
                transport, lab, pictures);
    }

    public EdgeSettings withPictures(int value) {
        return new EdgeSettings(pack, address, credentials, engineName, engine, maxTokens, answerTokens, queue,
                transport,
                lab, value);
    }

    public EdgeSettings withTransport(TransportChoice value) {
        return new EdgeSettings(pack, address, credentials, engineName, engine, maxTokens, answerTokens, queue, value,
                lab, pictures);
    }

    public EdgeSettings withLab(boolean value) {
        return new EdgeSettings(pack, address, credentials, engineName, engine, maxTokens, answerTokens, queue,
                transport, value, pictures);
    }
}
