package dev.tandem.transport.wire;

import io.netty.handler.codec.quic.QuicCodecBuilder;
import io.netty.handler.codec.quic.QuicCongestionControlAlgorithm;
import java.util.concurrent.TimeUnit;

/**
 * What both ends ask of QUIC (docs/wire.md, section 6). Congestion control, pacing, loss recovery and path MTU
 * discovery are its own.
 */
public final class QuicCodec {
    static final int CONNECTION_ID_BYTES = 8;
    private static final int IDLE_MILLIS = 4_000;
    private static final int DATAGRAM_QUEUE = 1_024;
    public static final long STREAM_BYTES = 1 << 20;
    private static final long CONNECTION_BYTES = 4 << 20;
    /** Larger than any path: discovery finds what the path takes. */
    private static final int MAX_PACKET_BYTES = 1_452;

    private QuicCodec() {
    }

    public static <B extends QuicCodecBuilder<B>> B common(B builder) {
        return builder.congestionControlAlgorithm(QuicCongestionControlAlgorithm.BBR).discoverPmtu(true)
                .maxSendUdpPayloadSize(MAX_PACKET_BYTES).maxRecvUdpPayloadSize(65_527)
                .localConnectionIdLength(CONNECTION_ID_BYTES).activeMigration(true)
                .maxIdleTimeout(IDLE_MILLIS, TimeUnit.MILLISECONDS).datagram(DATAGRAM_QUEUE, DATAGRAM_QUEUE)
                .initialMaxData(CONNECTION_BYTES).initialMaxStreamDataBidirectionalLocal(STREAM_BYTES)
                .initialMaxStreamDataBidirectionalRemote(STREAM_BYTES);
    }
}
