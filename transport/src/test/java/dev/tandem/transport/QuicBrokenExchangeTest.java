package dev.tandem.transport;

import dev.tandem.transport.session.TransportChoice;

/** {@link BrokenExchangeContract} over QUIC. */
class QuicBrokenExchangeTest extends BrokenExchangeContract {
    QuicBrokenExchangeTest() {
        super(TransportChoice.QUIC);
    }
}
