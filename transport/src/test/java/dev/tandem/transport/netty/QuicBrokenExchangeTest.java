package dev.tandem.transport.netty;

/** {@link BrokenExchangeContract} over QUIC. */
class QuicBrokenExchangeTest extends BrokenExchangeContract {
    QuicBrokenExchangeTest() {
        super(TransportChoice.QUIC);
    }
}
