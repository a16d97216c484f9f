package dev.tandem.transport.netty;

/** {@link BrokenExchangeContract} over TCP. */
class TcpBrokenExchangeTest extends BrokenExchangeContract {
    TcpBrokenExchangeTest() {
        super(TransportChoice.TCP);
    }
}
