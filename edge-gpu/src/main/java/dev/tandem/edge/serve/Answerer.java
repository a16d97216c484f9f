package dev.tandem.edge.serve;

import dev.tandem.engine.Engine;
import dev.tandem.engine.Engines;
import dev.tandem.method.Decoding;
import dev.tandem.method.Evidence;
import dev.tandem.method.HeadSection;
import dev.tandem.method.Host;
import dev.tandem.method.Point;
import dev.tandem.method.Reading;
import dev.tandem.method.Tally;
import dev.tandem.task.Sink;
import dev.tandem.task.Task;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Slices and a task in, parts out, whoever brings them. Owns the engine, the methods' edge halves, the heads and what
 * they have read. Everything here but {@link #begin} belongs to the model thread, which opens and closes it.
 */
public final class Answerer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Answerer.class);

    private final Engine engine;
    private final Halves halves;
    private final OpenHeads heads;
    private final Readings readings;

    private Answerer(Engine engine, Halves halves, OpenHeads heads, Readings readings) {
        this.engine = engine;
        this.halves = halves;
        this.heads = heads;
        this.readings = readings;
    }

    /**
     * Opens engine, heads and the default method's half, and warms up, so that the first device does not pay for it.
     */
    static Answerer open(Offer offer, EdgeSettings settings, Admission admission) {
        Engine engine = Engines.select(settings.engineName()).create(settings.engine());
        Host host = Host.of(engine);
        Halves halves = new Halves(offer.packMethods(), host, admission);
        OpenHeads heads = new OpenHeads();
        Answerer answerer = new Answerer(engine, halves, heads,
                new Readings(settings.readings(), settings.readingBytes()));
        try {
            String usual = offer.packMethods().defaultPoint().method();
            if (offer.methods().contains(usual)) {
                halves.open(usual);
            }
            for (HeadSection<?> head : offer.heads().all()) {
                heads.open(head, host, settings.heads());
                answerer.warmUp(head);
            }
            return answerer;
        } catch (RuntimeException e) {
            answerer.close();
            throw e;
        }
    }

    /** A head that answers questions answers one to itself. */
    private void warmUp(HeadSection<?> head) {
        if (!head.answers().contains(Task.Question.class)) {
            return;
        }
        try (Reading reading = heads.read(head, null)) {
            reading.answer(new Task.Question("?", 2), FirstPart.NOBODY);
        } catch (IllegalArgumentException e) {
            LOG.debug("the head {} says nothing without a picture: {}", head.name(), e.getMessage());
        }
    }

    /** Begins with a picture; its method's half is opened first where it is not open yet. Any thread. */
    CompletableFuture<Decoding> begin(Point point, int announced, int tiles) {
        return halves.begin(point, announced, tiles);
    }

    /**
     * Answers one task.
     *
     * @throws dev.tandem.entropy.CorruptBitstreamException if what arrived of the picture is nothing, or too little
     * @throws IllegalArgumentException                      if the head cannot do the task with it, in words
     */
    Outcome answer(Request request, Sink sink) {
        long began = System.nanoTime();
        Map<String, Long> stages = new LinkedHashMap<>();
        stages.put(Stage.QUEUE, began - request.arrivedNanos());
        stages.put(Stage.SLICES, request.picture() == null ? 0 : request.picture().sliceNanos());
        Seen seen = readings.find(request.key());
        boolean again = seen != null;
        stages.put(Stage.DECODE, 0L);
        if (!again) {
            Evidence evidence = request.picture() == null ? null : request.picture().decoding().evidence();
            stages.put(Stage.DECODE, System.nanoTime() - began);
            heads.check(request.head(), evidence, request.task());
            seen = read(request, evidence, sink::cancelled);
            if (seen == null) {
                return new Outcome(request.head().name(), Map.of(), stages, true);
            }
        }
        seen.reading().stageNanos().forEach((name, nanos) -> stages.put(name, again ? 0 : nanos));
        FirstPart first = new FirstPart(sink);
        Tally tally = seen.reading().answer(request.task(), first);
        stages.putAll(tally.stageNanos());
        stages.put(Stage.FIRST_PART, first.since(request.arrivedNanos()));
        stages.put(Stage.TOTAL, System.nanoTime() - request.arrivedNanos());
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put(Outcome.USED, (long) seen.used());
        counts.put(Outcome.TOTAL, (long) seen.total());
        counts.putAll(tally.counts());
        return new Outcome(request.head().name(), counts, stages, tally.cancelled());
    }

    /**
     * Answers from what there is so far; nothing of it is kept.
     *
     * @throws IllegalArgumentException if the head cannot do the task with it, in words
     */
    void draft(HeadSection<?> head, Task task, Evidence evidence, Sink sink) {
        heads.check(head, evidence, task);
        try (Reading reading = heads.read(head, evidence, sink::cancelled)) {
            if (reading != null) {
                reading.answer(task, sink);
            }
        }
    }

    /** Null once it is cancelled. */
    private Seen read(Request request, Evidence evidence, BooleanSupplier cancelled) {
        readings.makeRoom(request.key());
        Reading reading = heads.read(request.head(), evidence, cancelled);
        if (reading == null) {
            return null;
        }
        Seen seen = new Seen(reading, evidence == null ? 0 : evidence.used(),
                evidence == null ? 0 : evidence.total());
        readings.keep(request.key(), seen);
        return seen;
    }

    @Override
    public void close() {
        readings.close();
        heads.close();
        halves.close();
        engine.close();
    }
}
