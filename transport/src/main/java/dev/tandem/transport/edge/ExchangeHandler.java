package dev.tandem.transport.edge;

/**
 * Who answers exchanges on the edge. Called on event loops, for each exchange whose ASK was accepted: must return at
 * once, and hand what takes time to threads of its own. An exception fails the exchange with ANSWER_FAILED and its
 * words.
 */
@FunctionalInterface
public interface ExchangeHandler {
    /**
     * An exchange begins; the handler sees to it that {@link IncomingExchange#done} or {@link IncomingExchange#fail}
     * ends it.
     */
    Arrival opened(IncomingExchange exchange);
}
