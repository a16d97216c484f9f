package dev.tandem.transport;

import dev.tandem.transport.device.AskRequest;
import dev.tandem.transport.device.Exchange;
import dev.tandem.transport.device.TandemClient;
import dev.tandem.transport.frame.AnswerSummary;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A question on its way and the words of its answer so far. */
final class Talk {
    private final List<String> words = new CopyOnWriteArrayList<>();
    private final Exchange exchange;

    private Talk(TandemClient client, AskRequest request, Consumer<String> taker) {
        this.exchange = client.ask(request, (kind, bytes) -> {
            String text = new String(bytes, StandardCharsets.UTF_8);
            words.add(text);
            taker.accept(text);
        });
    }

    static Talk ask(TandemClient client, AskRequest request) {
        return ask(client, request, word -> {
        });
    }

    /** {@code taker} is called on the client's event loop. */
    static Talk ask(TandemClient client, AskRequest request, Consumer<String> taker) {
        return new Talk(client, request, taker);
    }

    static Talk ask(TandemClient client, String question) {
        return ask(client, Links.ask(question));
    }

    Exchange exchange() {
        return exchange;
    }

    CompletableFuture<AnswerSummary> answer() {
        return exchange.answer();
    }

    List<String> words() {
        return List.copyOf(words);
    }

    String text() {
        return String.join("", words);
    }

    long bytesSent() {
        return exchange.bytesSent();
    }

    int offeredAgain() {
        return exchange.offeredAgain();
    }

    void cancel() {
        exchange.cancel();
    }
}
