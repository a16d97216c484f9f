package dev.tandem.hil.eval;

import dev.tandem.command.CommandFailedException;
import dev.tandem.command.ExitCodes;
import dev.tandem.command.Usage;
import dev.tandem.edge.serve.OpenHeads;
import dev.tandem.engine.Engine;
import dev.tandem.hil.eval.data.Precoded;
import dev.tandem.image.ImageReader;
import dev.tandem.image.RgbImage;
import dev.tandem.method.Decoding;
import dev.tandem.method.DeviceHalf;
import dev.tandem.method.EdgeHalf;
import dev.tandem.method.Evidence;
import dev.tandem.method.HeadLimits;
import dev.tandem.method.HeadSection;
import dev.tandem.method.Host;
import dev.tandem.method.Look;
import dev.tandem.method.PackHeads;
import dev.tandem.method.PackMethods;
import dev.tandem.method.Reading;
import dev.tandem.method.Slice;
import dev.tandem.task.Task;
import dev.tandem.transport.frame.Need;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The device halves, edge halves and heads of a pack on one engine, opened as they are needed. */
final class PackBackend implements Backend {
    private final PackMethods methods;
    private final PackHeads heads;
    private final SharedEncoder engine;
    private final Host host;
    private final HeadLimits limits;
    private final Precoded precoded;
    private final String head;
    private final LostSlices lost;
    private final Map<String, DeviceHalf> devices = new HashMap<>();
    private final Map<String, EdgeHalf> edges = new HashMap<>();
    private final OpenHeads open = new OpenHeads();
    private final Set<String> opened = new HashSet<>();

    /**
     * @param engine stays the caller's
     * @param precoded null where no point needs it
     * @param head the one that answers; empty: the first that can
     */
    PackBackend(PackMethods methods, Engine engine, HeadLimits limits, Precoded precoded, String head,
            LostSlices lost) {
        this.methods = methods;
        this.heads = PackHeads.of(methods.pack());
        this.engine = new SharedEncoder(engine);
        this.host = Host.of(this.engine);
        this.limits = limits;
        this.precoded = precoded;
        this.head = head;
        this.lost = lost;
    }

    @Override
    public void check(EvalPoint point, Task task) {
        head(point, task);
        Usage.of("--points " + point.name(), () -> edge(point.point().method()).begin(point.point(), 1, 1));
    }

    private HeadSection<?> head(EvalPoint point, Task task) {
        return heads.choose(head, task, methods.evidence(point.point().method()))
                .orElseThrow(() -> new CommandFailedException(head.isEmpty() ? ExitCodes.DATA : ExitCodes.USAGE,
                        "preparing the point " + point.name() + ": no head" + (head.isEmpty() ? "" : " [" + head + "]")
                                + " of the pack [" + methods.pack() + "] can do the task [" + task.word()
                                + "] from it; it has " + heads.described()));
    }

    @Override
    public Backend.Seen look(String name, byte[] file) {
        RgbImage image = picture(() -> ImageReader.read(file, name));
        return (point, task) -> point.precoded() ? showPrecoded(name, point, task) : show(name, image, point, task);
    }

    private Shown show(String name, RgbImage image, EvalPoint point, Task task) {
        engine.takeSavedNanos();
        Look look = device(point.point().method()).look(image, point.point(), task);
        Map<String, Long> stages = new LinkedHashMap<>(look.stageNanos());
        long saved = engine.takeSavedNanos();
        if (saved > 0) {
            stages.merge("encoder", saved, Long::sum);
        }
        SquaresSent squares = methods.section(point.point().method()).squares()
                .map(one -> SquaresSent.of(one, look)).orElse(null);
        return switch (look) {
            case Look.Here here -> Arrived.answered(
                    new Sent(WireCost.NOTHING, Sent.NO_PICTURE_FILE, 0, stages, 0, squares), here.answer());
            case Look.Send send -> arrive(send, left(name, point, send), new Sent(WireCost.of(point.point(), send),
                    PictureFile.knownBytes(send), 0, stages, 0, squares), point, task, System.nanoTime());
        };
    }

    private List<Slice> left(String name, EvalPoint point, Look.Send send) {
        return point.role() == EvalPoint.Role.REFERENCE ? send.slices() : lost.left(name, send);
    }

    /** What was lost is lost: the edge gets the decoded picture's tokens, the link is charged for the coded picture. */
    private Shown showPrecoded(String name, EvalPoint point, Task task) {
        Precoded.Entry entry = precoded.get(name, point.codec(), point.quality(), point.side());
        RgbImage decoded = picture(() -> ImageReader.read(entry.decoded()));
        engine.takeSavedNanos();
        long start = System.nanoTime();
        Look look = device(point.point().method()).look(decoded, point.point(), task);
        if (look instanceof Look.Send send) {
            WireCost wire = new WireCost(0, point.name(), Precoded.sliceBytes(entry.bytes()), 1, Need.ALL);
            return arrive(send, send.slices(),
                    new Sent(wire, PictureFile.knownBytes(entry.file()), 0, Map.of(), 0, null),
                    point, task, start);
        }
        throw new IllegalStateException("the point [" + point.point().name() + "] sent nothing");
    }

    /** With those slices that arrive; {@code sent} is without what only the edge knows. */
    private Shown arrive(Look.Send send, List<Slice> arrived, Sent sent, EvalPoint point, Task task, long start) {
        Decoding decoding = edge(point.point().method()).begin(point.point(), send.slices().size(), send.tiles());
        decoding.add(arrived);
        Evidence evidence = decoding.evidence();
        HeadSection<?> reader = head(point, task);
        if (opened.add(reader.name())) {
            open.open(reader, host, limits);
        }
        Reading reading = open.read(reader, evidence);
        long nanos = System.nanoTime() - start + engine.takeSavedNanos();
        return Arrived.read(sent.atEdge(evidence.used(), nanos), reading);
    }

    private interface PictureSource {
        RgbImage read() throws IOException;
    }

    private static RgbImage picture(PictureSource source) {
        try {
            return source.read();
        } catch (IOException e) {
            throw new CommandFailedException(ExitCodes.DATA, e.getMessage(), e);
        }
    }

    private DeviceHalf device(String method) {
        return devices.computeIfAbsent(method, name -> methods.section(name).device(host));
    }

    private EdgeHalf edge(String method) {
        return edges.computeIfAbsent(method, name -> methods.section(name).edge(host));
    }

    @Override
    public void close() {
        open.close();
        devices.values().forEach(DeviceHalf::close);
        edges.values().forEach(EdgeHalf::close);
        engine.close();
    }
}
