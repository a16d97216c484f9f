package dev.tandem.transport.netty;

/** {@link LoopbackContract} over QUIC. */
class QuicLoopbackTest extends LoopbackContract {
    QuicLoopbackTest() {
        super(TransportChoice.QUIC, 400);
    }
}
