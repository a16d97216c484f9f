package dev.tandem.transport.netty;

/** {@link LoopbackContract} over TCP. */
class TcpLoopbackTest extends LoopbackContract {
    TcpLoopbackTest() {
        super(TransportChoice.TCP, 2 * 38);
    }
}
