package dev.tandem.transport;

import dev.tandem.transport.session.TransportChoice;

/** {@link BrokenExchangeContract} over TCP. */
class TcpBrokenExchangeTest extends BrokenExchangeContract {
    TcpBrokenExchangeTest() {
        super(TransportChoice.TCP);
    }
}
