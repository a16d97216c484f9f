package dev.tandem.transport.edge;

import dev.tandem.transport.wire.Wire;

/** Where a handler's thread waits while its device reads more slowly than words come. Thread safe. */
final class WriteGate {
    private final Wire wire;

    WriteGate(Wire wire) {
        this.wire = wire;
    }

    /** Words may be written again, or some exchange has ended. */
    synchronized void look() {
        notifyAll();
    }

    /** Blocks until words of the exchange would be sent rather than pile up, or it ends. Never on the event loop. */
    synchronized void await(EdgeExchange exchange, int pollMillis) {
        while (!wire.writable(exchange.id()) && !exchange.cancelled() && !wire.loop().inEventLoop()) {
            try {
                wait(pollMillis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
