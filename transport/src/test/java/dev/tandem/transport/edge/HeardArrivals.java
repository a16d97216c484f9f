package dev.tandem.transport.edge;

import dev.tandem.transport.frame.AnswerSummary;
import dev.tandem.transport.frame.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A handler that remembers what it was told, and answers when the test says. */
final class HeardArrivals implements ExchangeHandler {
    static final AnswerSummary SUMMARY = new AnswerSummary("", Map.of(), Map.of());

    final List<IncomingExchange> opened = new ArrayList<>();
    final List<Slice> slices = new ArrayList<>();
    int ready;
    /** Run when slices have come, or when answering may begin. */
    Runnable onSlices = () -> {
    };
    Runnable onReady = () -> {
    };

    @Override
    public Arrival opened(IncomingExchange exchange) {
        opened.add(exchange);
        return new Arrival() {
            @Override
            public void slices(List<Slice> fresh) {
                slices.addAll(fresh);
                onSlices.run();
            }

            @Override
            public void ready() {
                ready++;
                onReady.run();
            }
        };
    }

    /** The exchange opened last. */
    IncomingExchange last() {
        return opened.getLast();
    }

    /** Indices of the slices that came, in their order. */
    List<Integer> indices() {
        return slices.stream().map(Slice::index).toList();
    }
}
