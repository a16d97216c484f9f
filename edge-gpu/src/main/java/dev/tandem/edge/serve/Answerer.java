package dev.tandem.edge.serve;

import dev.tandem.edge.lmm.Answer;
import dev.tandem.edge.lmm.Finish;
import dev.tandem.edge.lmm.LanguageModel;
import dev.tandem.edge.lmm.Sampling;
import dev.tandem.engine.Engine;
import dev.tandem.engine.Engines;
import dev.tandem.method.EdgeMethod;
import dev.tandem.method.Methods;
import dev.tandem.method.tokens.TokenSet;
import dev.tandem.pack.OperatingPoint;
import dev.tandem.pack.Pack;
import dev.tandem.pack.PackException;
import dev.tandem.transport.edge.IncomingExchange;
import dev.tandem.transport.frame.AnswerSummary;
import dev.tandem.transport.frame.ErrorCode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;

/** Slices and question in, words out. Everything here belongs to the thread that opened it. */
public final class Answerer implements AutoCloseable {
    private final Pack pack;
    private final int answerTokens;
    private final Engine engine;
    private final LanguageModel model;
    private final Map<String, EdgeMethod> methods = new HashMap<>();
    private final Pictures pictures;

    private Answerer(Pack pack, EdgeSettings settings, Engine engine, LanguageModel model) {
        this.pack = pack;
        this.answerTokens = settings.answerTokens();
        this.engine = engine;
        this.model = model;
        this.pictures = new Pictures(settings.pictures());
    }

    /** Opens engine and model and answers one question to itself, so that the first device does not pay for it. */
    static Answerer open(Pack pack, EdgeSettings settings) {
        Engine engine = Engines.select(settings.engineName()).create(settings.engine());
        try {
            LanguageModel model = LanguageModel.open(pack, engine, settings.maxTokens());
            Answerer answerer = new Answerer(pack, settings, engine, model);
            answerer.warmUp();
            return answerer;
        } catch (RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    private void warmUp() {
        try (var prefix = model.prefill(null)) {
            model.generate(prefix, "?", Sampling.greedy(2), words -> {
            }, () -> false);
            method(pack.defaultOperatingPoint());
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    long modelBytes() {
        return model.memoryBytes();
    }

    /** Answers and ends one exchange. Failures are thrown; the caller tells the device. */
    void answer(IncomingExchange exchange) {
        long began = System.nanoTime();
        OperatingPoint point = exchange.slices().isEmpty() ? null : point(exchange);
        Picture.Key key = Picture.Key.of(point, exchange.slices());
        Picture seen = pictures.find(key);
        Picture picture = seen == null ? look(key, point, exchange) : seen;
        long ready = System.nanoTime();
        int limit = exchange.answerTokenLimit();
        Sampling sampling = Sampling.greedy(limit == 0 ? answerTokens : Math.min(limit, answerTokens));
        Answer answer = model.generate(picture.prefix(), exchange.question(), sampling, exchange::words,
                exchange::cancelled);
        if (answer.finish() == Finish.CANCELLED) {
            return;
        }
        Map<String, Long> stages = new LinkedHashMap<>();
        long waited = ready - exchange.arrivedNanos();
        stages.put(Stage.QUEUE, began - exchange.arrivedNanos());
        stages.put(Stage.DECODE, seen == null ? picture.decodeNanos() : 0);
        stages.put(Stage.PROJECT, seen == null ? picture.prefix().projectNanos() : 0);
        stages.put(Stage.PREFILL, seen == null ? picture.prefix().prefillNanos() : 0);
        stages.put(Stage.QUESTION, answer.prefillNanos());
        stages.put(Stage.GENERATE, answer.totalNanos() - answer.prefillNanos());
        stages.put(Stage.FIRST_WORD, answer.firstWordNanos() == 0 ? 0 : waited + answer.firstWordNanos());
        stages.put(Stage.TOTAL, waited + answer.totalNanos());
        exchange.done(new AnswerSummary(picture.used(), picture.total(), answer.ids().length, answer.promptTokens(),
                stages));
    }

    private OperatingPoint point(IncomingExchange exchange) {
        int id = exchange.operatingPointId();
        String name = exchange.operatingPointName();
        try {
            return id == 0
                    ? pack.operatingPoint(name)
                    : pack.manifest().operatingPoints().stream().filter(p -> p.id() == id).findFirst().orElseThrow();
        } catch (PackException | NoSuchElementException e) {
            throw new RefusedException(ErrorCode.UNKNOWN_OPERATING_POINT, "cannot decode the picture: the pack ["
                    + pack.manifest().name() + "] has no operating point [" + (id == 0 ? name : id) + "]; it has "
                    + pack.manifest().operatingPoints().stream().map(p -> p.id() + " " + p.name()).toList(), e);
        }
    }

    private Picture look(Picture.Key key, OperatingPoint point, IncomingExchange exchange) {
        pictures.makeRoom();
        long start = System.nanoTime();
        TokenSet tokens = point == null ? null : method(point).decode(exchange.slices(), point);
        long decoded = System.nanoTime();
        Picture picture = new Picture(model.prefill(tokens), tokens == null ? 0 : tokens.count(),
                tokens == null ? 0 : tokens.total(), decoded - start);
        pictures.keep(key, picture);
        return picture;
    }

    private EdgeMethod method(OperatingPoint point) {
        return methods.computeIfAbsent(point.method(), name -> Methods.edge(name, pack, engine));
    }

    @Override
    public void close() {
        pictures.close();
        methods.values().forEach(EdgeMethod::close);
        model.close();
        engine.close();
    }
}
