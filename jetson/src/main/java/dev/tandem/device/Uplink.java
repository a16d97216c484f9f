package dev.tandem.device;

import dev.tandem.command.Identities;
import dev.tandem.method.Look;
import dev.tandem.method.PackMethods;
import dev.tandem.method.Point;
import dev.tandem.task.MalformedTaskException;
import dev.tandem.task.Part;
import dev.tandem.task.Task;
import dev.tandem.transport.device.AskRequest;
import dev.tandem.transport.device.ClientSettings;
import dev.tandem.transport.device.DeviceLoops;
import dev.tandem.transport.device.Exchange;
import dev.tandem.transport.device.TandemClient;
import dev.tandem.transport.frame.AnswerSummary;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Need;
import dev.tandem.transport.frame.PackIdentity;
import dev.tandem.transport.frame.Slice;
import dev.tandem.transport.session.PeerException;
import dev.tandem.transport.session.WireBytes;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * A device's way to its edge, which may be down: what a method made goes up as slices, parts of an answer come down.
 * The link is set up on a thread of its own, beside whatever its owner does meanwhile. <b>Threads:</b> any; {@link
 * #ask} blocks its caller, and the first call of the others may wait until the link is set up, though never for an
 * edge.
 */
final class Uplink implements AutoCloseable {
    private final DeviceSettings settings;
    private final CompletableFuture<TandemClient> client = new CompletableFuture<>();
    private DeviceLoops loops;

    /**
     * What an edge gave.
     *
     * @param frameBytes bytes of the frames that were sent for it
     * @param wire bytes that passed the socket meanwhile
     * @param received slices that it said it had, by index
     */
    record Reply(AnswerSummary summary, long frameBytes, WireBytes wire, BitSet received) {}

    private Uplink(DeviceSettings settings) {
        this.settings = settings;
    }

    /**
     * Returns at once; begins to connect as soon as it is known what the edge must hold alike.
     *
     * @param methods those of the device's pack; when they fail there is nothing to connect, and nothing to close
     */
    static Uplink begin(DeviceSettings settings, CompletableFuture<PackMethods> methods) {
        Uplink uplink = new Uplink(settings);
        Thread.ofPlatform().daemon().name("tandem-link-start").start(() -> {
            try {
                uplink.setUp(methods);
            } catch (RuntimeException | Error e) {
                uplink.client.completeExceptionally(e);
            }
        });
        return uplink;
    }

    /** The event loop first: it takes long to load, and needs nothing of the pack. */
    private void setUp(CompletableFuture<PackMethods> methods) {
        loops = DeviceLoops.of(1);
        try {
            PackMethods read = methods.join();
            PackIdentity identity = Identities.of(read);
            client.complete(TandemClient.open(ClientSettings
                    .of(settings.host(), settings.port(), settings.credentials(), identity)
                    .withConnect(settings.connect())
                    .withUplinkBytesPerSecond(settings.uplinkBytesPerSecond()).withTransport(settings.transport())
                    .withLab(settings.lab()), loops));
        } catch (RuntimeException | Error e) {
            loops.close();
            throw e;
        }
    }

    /**
     * The link itself.
     *
     * @throws dev.tandem.transport.tls.CredentialsException if the credentials cannot be used
     */
    TandemClient client() {
        try {
            return client.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : e;
        }
    }

    /**
     * Asks, and passes parts on as they come, on this thread. While the link is down the question waits for it, until
     * its deadline is over or the link's patience.
     *
     * @param send null for a task without a picture
     * @param point of the slices; null where there are none
     * @throws PeerException that says what was attempted and why nothing came of it
     */
    Reply ask(Task task, Look.Send send, Point point, String head, Duration deadline, Consumer<Part> parts)
            throws InterruptedException {
        TandemClient link = client();
        WireBytes before = link.wireBytes();
        PartsInbox inbox = new PartsInbox();
        Exchange exchange = link.ask(request(task, send, point, head, deadline), inbox);
        boolean answered = false;
        try {
            AnswerSummary summary = inbox.drain(exchange.answer(), parts);
            answered = true;
            return new Reply(summary, exchange.bytesSent(), link.wireBytes().since(before), exchange.received());
        } catch (PeerException e) {
            throw told(exchange, e.code(), attempt(task, send, point) + ": " + e.reason(), e);
        } catch (MalformedTaskException e) {
            throw told(exchange, ErrorCode.MALFORMED_FRAME, attempt(task, send, point) + ": " + e.getMessage(), e);
        } finally {
            if (!answered) {
                exchange.cancel();
            }
        }
    }

    private PeerException told(Exchange exchange, ErrorCode code, String words, RuntimeException cause) {
        return new PeerException(InetSocketAddress.createUnresolved(settings.host(), settings.port()), exchange.id(),
                code, words, cause);
    }

    private static String attempt(Task task, Look.Send send, Point point) {
        return "asking the edge (" + task.word() + (send == null
                ? ", without a picture)"
                : ", " + send.slices().size() + " slices of " + send.bytes() + " bytes at the point " + point.name()
                        + ")");
    }

    private static AskRequest request(Task task, Look.Send send, Point point, String head, Duration deadline) {
        AskRequest request = AskRequest.of(task.code(), task.body()).withHead(head).withDeadline(deadline);
        if (send == null) {
            return request;
        }
        List<Slice> slices = send.slices().stream()
                .map(slice -> new Slice(slice.index(), slice.tile(), slice.bytes())).toList();
        AskRequest pointed = point.id() == 0 ? request.withPoint(point.name()) : request.withPoint(point.id());
        return pointed.withSlices(slices, switch (send.need()) {
            case ANY -> Need.ANY;
            case FIRST -> Need.FIRST;
            case ALL -> Need.ALL;
        });
    }

    /** Says goodbye to the edge. Waits for the link to be set up, if that is still going on. */
    @Override
    public void close() {
        if (client.handle((open, failure) -> failure == null).join()) {
            client.join().close();
            loops.close();
        }
    }
}
