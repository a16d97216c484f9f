package dev.tandem.hil.lab.sharing;

import dev.tandem.hil.report.Quantiles;
import dev.tandem.transport.device.AskRequest;
import dev.tandem.transport.device.PartTaker;
import dev.tandem.transport.device.TandemClient;
import dev.tandem.transport.frame.AnswerSummary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Asks one question after the other about pictures in turn, each once the one before is answered. One thread. */
final class PoliteDevice implements AutoCloseable {
    /** Answers are counted, not read. */
    static final PartTaker NOBODY = (kind, bytes) -> {
    };
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final int PAUSE_MILLIS = 20;

    private final TandemClient link;
    private final Scene scene;
    private int next;

    /**
     * What came of some questions.
     *
     * @param times from the question to the end of its answer, ms; infinite where there was none
     * @param work what the edge worked on an answer, ms
     * @param failures why there was none, each
     */
    record Asked(Quantiles times, Quantiles work, List<String> failures) {}

    /** Connects; over QUIC where it can. */
    PoliteDevice(Scene scene) {
        this.scene = scene;
        this.link = TandemClient
                .connect(scene.client(scene.authority().polite()).withConnect(Duration.ofSeconds(30)));
    }

    /** Asks for so long; at least once. */
    Asked ask(double seconds) throws InterruptedException {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        return ask(() -> System.nanoTime() >= end);
    }

    /** Asks until that is enough; at least once. */
    Asked ask(BooleanSupplier enough) throws InterruptedException {
        List<Double> times = new ArrayList<>();
        List<Double> work = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        do {
            AskRequest question = scene.questions().get(next++ % scene.questions().size()).withDeadline(DEADLINE);
            long sent = System.nanoTime();
            try {
                AnswerSummary answer = link.ask(question, NOBODY).answer().get(2 * DEADLINE.toSeconds(),
                        TimeUnit.SECONDS);
                times.add((System.nanoTime() - sent) / 1e6);
                work.add((answer.stageNanos().get("total") - answer.stageNanos().get("queue")) / 1e6);
            } catch (ExecutionException | TimeoutException e) {
                times.add(Double.POSITIVE_INFINITY);
                failures.add(e.getCause() == null ? "nothing" : e.getCause().getMessage());
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } while (!enough.getAsBoolean());
        return new Asked(quantiles(times), quantiles(work), failures);
    }

    private static Quantiles quantiles(List<Double> values) {
        return Quantiles.of(values.stream().mapToDouble(Double::doubleValue));
    }

    @Override
    public void close() {
        link.close();
    }
}
