package dev.tandem.transport.wire;

import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicConnectionPathStats;
import java.util.function.Consumer;

/**
 * What a QUIC connection knows of its path: how much a datagram takes, and how fast and lossy it is. Loop only, except
 * where said.
 */
final class QuicPath {
    /** What a packet takes before path MTU discovery has found more (RFC 9000, section 14). */
    private static final int FIRST_PACKET_BYTES = 1_200;

    private volatile int datagramBytes;
    private int firstDatagramBytes;

    /** Both ends take datagrams, of so many bytes at first. */
    void datagrams(int bytes) {
        firstDatagramBytes = bytes;
        datagramBytes = bytes;
    }

    /** Largest frame that a datagram takes now; 0: none. Any thread. */
    int datagramBytes() {
        return datagramBytes;
    }

    /** Besides measuring: what path MTU discovery has found, a datagram may use. */
    void measure(QuicChannel channel, Consumer<Wire.PathSample> taker) {
        channel.collectPathStats(0).addListener(done -> {
            if (done.getNow() instanceof QuicConnectionPathStats path) {
                if (path.pmtu() > FIRST_PACKET_BYTES && firstDatagramBytes > 0) {
                    datagramBytes = firstDatagramBytes + (int) path.pmtu() - FIRST_PACKET_BYTES;
                }
                taker.accept(new Wire.PathSample(path.rtt(), path.deliveryRate(), path.sent(), path.lost()));
            }
        });
    }
}
