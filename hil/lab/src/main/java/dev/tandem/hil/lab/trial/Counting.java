package dev.tandem.hil.lab.trial;

import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.method.Decoding;
import dev.tandem.method.EdgeHalf;
import dev.tandem.method.Evidence;
import dev.tandem.method.Host;
import dev.tandem.method.PackMethods;
import dev.tandem.method.Point;
import dev.tandem.pack.PackException;
import dev.tandem.task.Part;
import dev.tandem.transport.edge.Arrival;
import dev.tandem.transport.edge.ExchangeHandler;
import dev.tandem.transport.edge.IncomingExchange;
import dev.tandem.transport.frame.AnswerSummary;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Slice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Counts what exchanges bring, on one thread, which makes the edge halves, uses them and closes them. */
final class Counting implements ExchangeHandler, AutoCloseable {
    private static final int QUEUE = 256;
    private static final int PATIENCE_SECONDS = 5;

    private final PackMethods methods;
    private final Map<String, EdgeHalf> halves = new HashMap<>();
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUEUE),
            Thread.ofPlatform().daemon().name("tandem-trial-count").factory());

    Counting(PackMethods methods) {
        this.methods = methods;
    }

    @Override
    public Arrival opened(IncomingExchange exchange) {
        List<Slice> slices = new ArrayList<>();
        return new Arrival() {
            @Override
            public void slices(List<Slice> fresh) {
                slices.addAll(fresh);
            }

            @Override
            public void ready() {
                queue(exchange, () -> count(exchange, slices));
            }
        };
    }

    private void queue(IncomingExchange exchange, Runnable task) {
        try {
            thread.execute(task);
            exchange.onEnd(() -> thread.remove(task));
        } catch (RejectedExecutionException e) {
            exchange.fail(ErrorCode.OVERLOADED, "[" + QUEUE + "] exchanges wait to be counted already");
        }
    }

    /**
     * Stages: {@code begun} is the edge's clock when decoding began, so that a trial in the same process can subtract;
     * {@code work} its own time.
     */
    private void count(IncomingExchange exchange, List<Slice> slices) {
        if (exchange.cancelled()) {
            return;
        }
        long begun = System.nanoTime();
        Evidence evidence;
        try {
            evidence = decode(exchange, slices);
        } catch (IllegalArgumentException | CorruptBitstreamException | PackException e) {
            exchange.fail(ErrorCode.ANSWER_FAILED, e.getMessage());
            return;
        }
        Part part = new Part.Words(Integer.toString(evidence.used()));
        exchange.part(part.code(), part.body());
        exchange.done(new AnswerSummary("", Map.of("used", (long) evidence.used(), "total", (long) evidence.total()),
                Map.of("begun", Math.max(0, begun), "work", System.nanoTime() - begun)));
    }

    private Evidence decode(IncomingExchange exchange, List<Slice> slices) {
        Point point = exchange.pointId() == 0
                ? methods.point(exchange.pointName())
                : methods.point(exchange.pointId());
        EdgeHalf half = halves.computeIfAbsent(point.method(),
                method -> methods.section(method).edge(Host.of(null))); // no engine here: halves that need one fail
        Decoding decoding = half.begin(point, exchange.slicesAnnounced(), exchange.tiles());
        decoding.add(slices.stream().map(each -> new dev.tandem.method.Slice(each.index(), each.tile(), each.bytes()))
                .toList());
        return decoding.evidence();
    }

    @Override
    public void close() {
        thread.execute(() -> halves.values().forEach(EdgeHalf::close));
        thread.shutdown();
        try {
            thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
