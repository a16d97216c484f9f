package dev.tandem.transport.netty;

import dev.tandem.transport.frame.LinkLimits;
import dev.tandem.transport.frame.PackIdentity;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * How an edge listens. Immutable; start from {@link #of} and change with the withers.
 *
 * @param address where to listen; port 0 picks a free one
 * @param credentials certificate of the edge and the authority of its devices
 * @param pack what devices must hold alike
 * @param limits told to devices
 * @param answerThreads exchanges answered at once
 * @param answerQueue exchanges that may wait for one of those threads; more are refused with OVERLOADED
 * @param connections devices connected at once
 * @param handshake time for TLS and HELLO together
 * @param drain how long {@link TandemServer#close} waits for exchanges in flight
 */
public record ServerSettings(InetSocketAddress address, Credentials credentials, PackIdentity pack, LinkLimits limits,
        int answerThreads, int answerQueue, int connections, Duration handshake, Duration drain) {

    /** The defaults of docs/wire.md; one answer thread. */
    public static ServerSettings of(InetSocketAddress address, Credentials credentials, PackIdentity pack) {
        return new ServerSettings(address, credentials, pack, LinkLimits.defaults(), 1, 256, 4_096,
                Duration.ofSeconds(5), Duration.ofSeconds(10));
    }

    public ServerSettings withLimits(LinkLimits value) {
        return new ServerSettings(address, credentials, pack, value, answerThreads, answerQueue, connections, handshake,
                drain);
    }

    public ServerSettings withAnswers(int threads, int queue) {
        return new ServerSettings(address, credentials, pack, limits, threads, queue, connections, handshake, drain);
    }

    public ServerSettings withConnections(int value) {
        return new ServerSettings(address, credentials, pack, limits, answerThreads, answerQueue, value, handshake,
                drain);
    }

    public ServerSettings withHandshake(Duration value) {
        return new ServerSettings(address, credentials, pack, limits, answerThreads, answerQueue, connections, value,
                drain);
    }

    public ServerSettings withDrain(Duration value) {
        return new ServerSettings(address, credentials, pack, limits, answerThreads, answerQueue, connections,
                handshake, value);
    }
}
