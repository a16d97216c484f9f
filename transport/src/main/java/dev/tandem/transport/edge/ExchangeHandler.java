package dev.tandem.transport.edge;

/**
 * Answers questions on the edge. Called on a thread of the server's bounded answer pool, never on an event loop; several calls
 * run at once. Must end each exchange with {@link IncomingExchange#done} or {@link IncomingExchange#fail}: returning without
 * either, or throwing, fails the exchange with ANSWER_FAILED and the reason.
 */
@FunctionalInterface
public interface ExchangeHandler {
    /** Answers one exchange whose slices are all here. */
    void handle(IncomingExchange exchange) throws Exception;
}
