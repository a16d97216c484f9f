package dev.tandem.hil.eval.calibrate;

import dev.tandem.command.CommandFailedException;
import dev.tandem.command.ExitCodes;
import dev.tandem.edge.serve.OpenHeads;
import dev.tandem.engine.Engine;
import dev.tandem.image.RgbImage;
import dev.tandem.method.Decoding;
import dev.tandem.method.DeviceHalf;
import dev.tandem.method.EdgeHalf;
import dev.tandem.method.HeadLimits;
import dev.tandem.method.HeadSection;
import dev.tandem.method.Host;
import dev.tandem.method.Look;
import dev.tandem.method.PackHeads;
import dev.tandem.method.PackMethods;
import dev.tandem.method.Point;
import dev.tandem.method.Reading;
import dev.tandem.method.SelfAnswering;
import dev.tandem.pack.PackException;
import dev.tandem.task.Answer;
import dev.tandem.task.Label;
import dev.tandem.task.Part;
import dev.tandem.task.Sink;
import dev.tandem.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Both halves of a pack whose device may answer by itself, in one process, run on one picture at every amount. One thread. The engine
 * stays the caller's.
 */
final class Trials implements AutoCloseable {
    private static final Task.Classify TASK = new Task.Classify(1);
    private static final double LN2 = Math.log(2);

    private final DeviceHalf device;
    private final EdgeHalf edge;
    private final OpenHeads heads = new OpenHeads();
    private final HeadSection<?> head;
    private final Point whole;
    private final List<Point> points = new ArrayList<>();
    private int patches;

    /**
     * @param like a point whose way of sending is tried
     * @throws CommandFailedException for a point whose device never answers, or amounts that it cannot have
     */
    Trials(PackMethods methods, Engine engine, Point like, List<Double> amounts) {
        String method = like.method();
        SelfAnswering answering = answering(methods, like);
        whole = answering.whole();
        for (double amount : amounts) {
            try {
                points.add(answering.sending(like, amount));
            } catch (PackException unfit) {
                throw new CommandFailedException(ExitCodes.USAGE, "--amounts: " + unfit.getMessage(), unfit);
            }
        }
        head = PackHeads.of(methods.pack()).choose("", TASK, methods.evidence(method))
                .orElseThrow(() -> new CommandFailedException(ExitCodes.DATA, "calibrating " + methods.pack()
                        + ": it has no head that classifies from what the method " + method + " sends"));
        Host host = Host.of(engine);
        device = methods.section(method).device(host);
        edge = methods.section(method).edge(host);
        heads.open(head, host, HeadLimits.defaults());
    }

    /** The section of a point, which must be one whose device answers by itself. */
    static SelfAnswering answering(PackMethods methods, Point like) {
        if (methods.section(like.method()) instanceof SelfAnswering answering) {
            return answering;
        }
        throw new CommandFailedException(ExitCodes.DATA, "calibrating the point " + like.name() + " of "
                + methods.pack() + ": it is of the method " + like.method() + ", whose device never answers by itself;"
                + " needed a point of one that does: name it with --point, or another pack with --pack");
    }

    /** As a point's name spells it: no digit too many. */
    static String number(double value) {
        String digits = String.format(Locale.ROOT, "%.6f", value).replaceFirst("0+$", "");
        return digits.endsWith(".") ? digits.substring(0, digits.length() - 1) : digits;
    }

    /**
     * Runs one picture.
     *
     * @param right whether a class is; null where the right one is what the edge says to the whole picture
     */
    Trial run(RgbImage picture, Predicate<Label> right) {
        Look.Send all = send(picture, whole);
        patches = all.units();
        Label says = edge(all, whole);
        Predicate<Label> fits = right == null ? label -> label.index() == says.index() : right;
        Label own = first(all.fallback());
        List<Trial.Sent> sent = new ArrayList<>();
        for (Point point : points) {
            Look.Send some = send(picture, point);
            sent.add(new Trial.Sent(fits.test(edge(some, point)), some.bytes(), some.units()));
        }
        return new Trial(-Math.log(own.probability()) / LN2, fits.test(own), fits.test(says), sent);
    }

    /** Of a picture; 0 before the first. */
    int patches() {
        return patches;
    }

    private Look.Send send(RgbImage picture, Point point) {
        if (device.look(picture, point, TASK) instanceof Look.Send send) {
            return send;
        }
        throw new IllegalStateException("the point [" + point.name() + "] sent nothing");
    }

    private Label edge(Look.Send send, Point point) {
        Decoding decoding = edge.begin(point, send.slices().size(), send.tiles());
        decoding.add(send.slices());
        Gathered answer = new Gathered();
        try (Reading reading = heads.read(head, decoding.evidence())) {
            reading.answer(TASK, answer);
        }
        return first(answer.parts);
    }

    private static Label first(List<Part> parts) {
        Answer answer = new Answer();
        parts.forEach(answer::add);
        return answer.labels().getFirst();
    }

    private static final class Gathered implements Sink {
        private final List<Part> parts = new ArrayList<>();

        @Override
        public void part(Part part) {
            parts.add(part);
        }

        @Override
        public boolean cancelled() {
            return false;
        }
    }

    @Override
    public void close() {
        heads.close();
        edge.close();
        device.close();
    }
}
