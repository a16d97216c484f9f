package dev.tandem.device;

import dev.tandem.device.look.Looker;
import dev.tandem.image.RgbImage;
import dev.tandem.method.Look;
import dev.tandem.method.PackMethods;
import dev.tandem.method.Point;
import dev.tandem.pack.Pack;
import dev.tandem.task.Part;
import dev.tandem.task.Task;
import dev.tandem.transport.device.LinkWins;
import dev.tandem.transport.frame.AnswerSummary;
import dev.tandem.transport.session.LinkState;
import dev.tandem.transport.session.PeerException;
import dev.tandem.transport.session.WireBytes;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The device: looks at a picture, answers where it can, asks an edge where it can't. It owns a link that may be down:
 * it starts and encodes without an edge, and says what it can't do. <b>Threads:</b> all calls, close included, on the
 * thread that opened it; parts are handed out on it too. The link works beside it.
 */
public final class DeviceAgent implements AutoCloseable {
    private static final AnswerSummary NO_EDGE = new AnswerSummary("", Map.of(), Map.of());
    private static final WireBytes NO_BYTES = new WireBytes(0, 0);

    private final Looker looker;
    private final Uplink uplink;

    private DeviceAgent(Looker looker, Uplink uplink) {
        this.looker = looker;
        this.uplink = uplink;
    }

    /**
     * Reads the manifest, begins to connect, and waits for no edge: engine and graphs are opened while the link is
     * being made, at the first picture or at {@link #prepare}. Credentials that cannot be used are refused by the first
     * call that needs the link, with a {@link dev.tandem.transport.tls.CredentialsException}.
     *
     * @throws dev.tandem.pack.PackException if the manifest is not what it should be
     */
    public static DeviceAgent open(DeviceSettings settings) {
        CompletableFuture<PackMethods> read = new CompletableFuture<>();
        Uplink uplink = Uplink.begin(settings, read);
        try {
            PackMethods methods = PackMethods.of(Pack.open(settings.pack()));
            read.complete(methods);
            return new DeviceAgent(new Looker(methods, settings.engineName(), settings.engine()), uplink);
        } catch (RuntimeException e) {
            read.completeExceptionally(e);
            uplink.close();
            throw e;
        }
    }

    /** The methods of its pack, which name its operating points. */
    public PackMethods methods() {
        return looker.methods();
    }

    /** Opens what a point needs, so that its first picture takes no longer than the others. Throws as {@link #look}. */
    public void prepare(Point point) {
        looker.prepare(point);
    }

    /**
     * What comes of looking at a picture; needs no edge.
     *
     * @throws dev.tandem.pack.PackException if a file of the pack is not what the manifest says
     * @throws dev.tandem.foreign.NativeUnavailableException if the engine cannot run here
     */
    public Look look(RgbImage picture, Point point, Task task) {
        return looker.look(picture, point, task);
    }

    /** The small picture that a method makes of one for its network, where it makes one; throws as {@link #look}. */
    public Optional<RgbImage> small(RgbImage picture, Point point) {
        return looker.small(picture, point);
    }

    /** As {@link #ask(DeviceRequest, Consumer)}, about a picture at a point. */
    public DeviceAnswer ask(RgbImage picture, Task task, Point point, Consumer<Part> parts)
            throws InterruptedException {
        return ask(DeviceRequest.about(picture, task).withPoint(point), parts);
    }

    /**
     * Asks and waits for the whole answer: the device's own where it is sure enough, else an edge's, else the device's
     * own guess where no edge is in reach, or nothing of the picture reached it, and the method has one.
     *
     * @param parts gets the answer part by part on this thread
     * @throws PeerException if there is no answer; its words say what was attempted and why nothing came of it
     * @throws dev.tandem.transport.tls.CredentialsException if an edge is needed and the credentials cannot be used
     */
    public DeviceAnswer ask(DeviceRequest request, Consumer<Part> parts) throws InterruptedException {
        Asked asked = new Asked(request, request.point() == null ? methods().defaultPoint() : request.point(),
                System.nanoTime(), new PartsTaken(parts));
        if (request.picture() == null) {
            return overLink(asked, null, System.nanoTime());
        }
        Look look = looker.look(request.picture(), asked.point(), request.task());
        long looked = System.nanoTime();
        return switch (look) {
            case Look.Here here -> here(asked, here, here.answer(), "sure enough, nothing was sent", looked);
            case Look.Send send -> send(asked, send, looked);
        };
    }

    private DeviceAnswer send(Asked asked, Look.Send send, long looked) throws InterruptedException {
        try {
            return overLink(asked, send, looked);
        } catch (PeerException e) {
            Optional<String> why = Unanswered.why(e);
            if (send.fallback().isEmpty() || !asked.taken().none() || why.isEmpty()) {
                throw e;
            }
            return here(asked, send, send.fallback(), why.get(), looked);
        }
    }

    private DeviceAnswer overLink(Asked asked, Look.Send send, long looked) throws InterruptedException {
        DeviceRequest request = asked.request();
        Uplink.Reply reply = uplink.ask(request.task(), send, asked.point(), request.head(), asked.left(),
                asked.taken());
        return asked.answer(new MadeBy.Edge(reply.summary().head()), send, reply, looked);
    }

    private static DeviceAnswer here(Asked asked, Look look, List<Part> answer, String why, long looked) {
        answer.forEach(asked.taken());
        return asked.answer(new MadeBy.Device(why), look, new Uplink.Reply(NO_EDGE, 0, NO_BYTES, new BitSet()), looked);
    }

    /** What is known of the link now; for whoever chooses the operating point. Any thread. */
    public LinkState link() {
        return uplink.client().link();
    }

    /** Whether an edge is in reach now. Any thread. */
    public boolean connected() {
        return uplink.client().connected();
    }

    /** Which transport carried the link so far, and why. Any thread. */
    public LinkWins wins() {
        return uplink.client().wins();
    }

    /** Says goodbye to the edge and closes graphs and engine. */
    @Override
    public void close() {
        try {
            uplink.close();
        } finally {
            looker.close();
        }
    }
}
