package dev.tandem.transport;

import dev.tandem.transport.session.TransportChoice;

/** {@link LoopbackContract} over QUIC. */
class QuicLoopbackTest extends LoopbackContract {
    QuicLoopbackTest() {
        super(TransportChoice.QUIC, 400);
    }
}
