package dev.tandem.hil.eval;

import dev.tandem.command.CommandFailedException;
import dev.tandem.command.ExitCodes;
import dev.tandem.edge.lmm.Answer;
import dev.tandem.edge.lmm.LanguageModel;
import dev.tandem.edge.lmm.Prefix;
import dev.tandem.edge.lmm.Sampling;
import dev.tandem.engine.Engine;
import dev.tandem.image.ImageReader;
import dev.tandem.image.RgbImage;
import dev.tandem.method.DeviceMethod;
import dev.tandem.method.EdgeMethod;
import dev.tandem.method.EncodedPicture;
import dev.tandem.method.Methods;
import dev.tandem.method.image.ImageEdge;
import dev.tandem.method.tokens.TokenSet;
import dev.tandem.pack.OperatingPoint;
import dev.tandem.pack.Pack;
import dev.tandem.transport.frame.FrameHeader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** A pack's device methods, edge methods and language model, on one engine. */
final class PackBackend implements Backend {
    private final Pack pack;
    private final SharedEncoder engine;
    private final Precoded precoded;
    private final Sampling sampling;
    private final LanguageModel model;
    private final Map<String, DeviceMethod> devices = new HashMap<>();
    private final Map<String, EdgeMethod> edges = new HashMap<>();
    private ImageEdge pictures;

    /** {@code precodedFolder} may be null; {@code engine} stays the caller's. */
    PackBackend(Pack pack, Engine engine, Path precodedFolder, int maxWords) throws IOException {
        this.pack = pack;
        this.engine = new SharedEncoder(engine, pack.graphFile("encoder"));
        this.precoded = precodedFolder == null ? null : new Precoded(precodedFolder);
        this.sampling = Sampling.greedy(maxWords);
        this.model = LanguageModel.open(pack, engine);
    }

    @Override
    public void check(EvalPoint point) {
        if (point.way() != EvalPoint.Way.PRECODED) {
            pack.operatingPoint(point.operatingPoint());
        } else if (precoded == null || !precoded.has(point.codec(), point.quality())) {
            throw new CommandFailedException(ExitCodes.USAGE, "preparing the point " + point.name()
                    + ": Java has no library for it; encode the pictures with training/precode.py and name its folder"
                    + (precoded == null ? " with --precoded" : " [this one has not that quality]"));
        }
    }

    @Override
    public Look look(String name, byte[] file) {
        try {
            RgbImage image = ImageReader.read(file, name);
            return new Look() {
                @Override
                public Shown show(EvalPoint point) {
                    return point.way() == EvalPoint.Way.PRECODED
                            ? showPrecoded(name, point)
                            : showEncoded(image, point);
                }

                @Override
                public void close() {
                    // The picture is on the heap.
                }
            };
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private Shown showEncoded(RgbImage image, EvalPoint point) {
        OperatingPoint op = pack.operatingPoint(point.operatingPoint());
        engine.takeSavedNanos();
        EncodedPicture encoded = devices.computeIfAbsent(op.method(), method -> Methods.device(method, pack, engine))
                .encode(image, op);
        Map<String, Long> stages = new LinkedHashMap<>(encoded.stageNanos());
        long saved = engine.takeSavedNanos();
        if (saved > 0) {
            stages.merge("encoder", saved, Long::sum);
        }
        long wire = encoded.bytes() + (long) encoded.slices().size() * FrameHeader.BYTES;
        return show(() -> edge(op.method()).decode(encoded.slices(), op), wire, stages);
    }

    private Shown showPrecoded(String name, EvalPoint point) {
        Precoded.Entry entry = precoded.get(name, point.codec(), point.quality());
        // What was lost is lost: the edge is given the decoded picture, the link is charged for the encoded one.
        OperatingPoint op = OperatingPoint.image("jpeg", Math.max(1, point.quality()), point.clusters());
        try {
            RgbImage decoded = ImageReader.read(entry.decoded());
            return show(() -> pictures().encode(decoded, op), Precoded.wireBytes(entry.bytes()), Map.of());
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private Shown show(Supplier<TokenSet> decode, long wireBytes, Map<String, Long> deviceNanos) {
        long start = System.nanoTime();
        TokenSet tokens = decode.get();
        Prefix prefix = model.prefill(tokens);
        long nanos = System.nanoTime() - start + engine.takeSavedNanos();
        Sent sent = new Sent(wireBytes, tokens.count(), deviceNanos, nanos);
        return new Shown() {
            @Override
            public Sent sent() {
                return sent;
            }

            @Override
            public Reply ask(String question) {
                Answer answer = model.generate(prefix, question, sampling, words -> {
                }, () -> false);
                return new Reply(answer.text(), answer.firstWordNanos(), answer.totalNanos());
            }

            @Override
            public void close() {
                prefix.close();
            }
        };
    }

    private EdgeMethod edge(String method) {
        return method.equals("image")
                ? pictures()
                : edges.computeIfAbsent(method, name -> Methods.edge(name, pack, engine));
    }

    private ImageEdge pictures() {
        if (pictures == null) {
            pictures = new ImageEdge(pack, engine);
        }
        return pictures;
    }

    @Override
    public void close() {
        if (pictures != null) {
            pictures.close();
        }
        devices.values().forEach(DeviceMethod::close);
        edges.values().forEach(EdgeMethod::close);
        model.close();
        engine.close();
    }
}
