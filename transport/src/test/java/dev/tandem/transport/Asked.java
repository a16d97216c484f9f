package dev.tandem.transport;

import dev.tandem.transport.edge.Arrival;
import dev.tandem.transport.edge.ExchangeHandler;
import dev.tandem.transport.edge.IncomingExchange;
import dev.tandem.transport.frame.AnswerSummary;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Slice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * A question as the tests' handlers see it: text, all slices that came in time, answered in words by a thread that may
 * block.
 */
public final class Asked implements Arrival {
    /** What a test asks for. */
    public static final int QUESTION = 1;
    /** What it gets. */
    public static final int WORDS = 1;

    /** Answers in a thread of its own. */
    @FunctionalInterface
    public interface Answer {
        void answer(Asked asked) throws Exception;
    }

    private final IncomingExchange exchange;
    private final Executor threads;
    private final Answer answer;
    private final List<Slice> slices = new ArrayList<>();

    private Asked(IncomingExchange exchange, Executor threads, Answer answer) {
        this.exchange = exchange;
        this.threads = threads;
        this.answer = answer;
    }

    /** A handler with a thread for each exchange. */
    public static ExchangeHandler by(Answer answer) {
        return by(task -> Thread.ofPlatform().daemon().name("test-answer").start(task), answer);
    }

    /** A handler that answers where the test says. */
    public static ExchangeHandler by(Executor threads, Answer answer) {
        return exchange -> new Asked(exchange, threads, answer);
    }

    @Override
    public void slices(List<Slice> fresh) {
        slices.addAll(fresh);
    }

    @Override
    public void ready() {
        threads.execute(() -> {
            try {
                answer.answer(this);
            } catch (Exception | AssertionError e) {
                exchange.fail("the test's answer failed: " + e);
            }
        });
    }

    public IncomingExchange exchange() {
        return exchange;
    }

    public String question() {
        return new String(exchange.body(), StandardCharsets.UTF_8);
    }

    /** In order of their indices. */
    public List<byte[]> slices() {
        return slices.stream().sorted((a, b) -> a.index() - b.index()).map(Slice::bytes).toList();
    }

    public void words(String text) {
        exchange.part(WORDS, text.getBytes(StandardCharsets.UTF_8));
    }

    public void done(AnswerSummary summary) {
        exchange.done(summary);
    }

    public void fail(ErrorCode code, String reason) {
        exchange.fail(code, reason);
    }

    public boolean cancelled() {
        return exchange.cancelled();
    }

    /** Waits as a thread does that nobody needs any more. */
    public void awaitCancelled() throws InterruptedException {
        while (!cancelled()) {
            Thread.sleep(5);
        }
    }
}
