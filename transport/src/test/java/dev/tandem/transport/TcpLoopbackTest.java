package dev.tandem.transport;

import dev.tandem.transport.session.TransportChoice;

/** {@link LoopbackContract} over TCP. */
class TcpLoopbackTest extends LoopbackContract {
    TcpLoopbackTest() {
        super(TransportChoice.TCP, 2 * 38);
    }
}
