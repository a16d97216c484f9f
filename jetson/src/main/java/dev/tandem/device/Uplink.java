package dev.tandem.device;

import dev.tandem.method.Look;
import dev.tandem.method.PackMethods;
import dev.tandem.method.Point;
import dev.tandem.task.MalformedTaskException;
import dev.tandem.task.Part;
import dev.tandem.task.Task;
import dev.tandem.transport.device.AskRequest;
import dev.tandem.transport.device.ClientSettings;
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
import java.util.List;
import java.util.function.Consumer;

/**
 * A device's way to its edge, which may be down: what a method made goes up as slices, parts of an answer come down.
 * <b>Threads:</b> any; {@link #ask} blocks its caller.
 */
final class Uplink implements AutoCloseable {
    private final DeviceSettings settings;
    private final TandemClient client;

    /**
     * What an edge gave.
     *
     * @param frameBytes bytes of the frames that were sent for it
     * @param wire bytes that passed the socket meanwhile
     */
    record Reply(AnswerSummary summary, long frameBytes, WireBytes wire) {}

    /** Begins to connect and returns at once. */
    Uplink(DeviceSettings settings, PackMethods methods) {
        this.settings = settings;
        PackIdentity identity = new PackIdentity(methods.pack().manifest().name(), methods.pack().hash(),
                methods.hashes());
        client = TandemClient.open(ClientSettings.of(settings.host(), settings.port(), settings.credentials(), identity)
                .withUplinkBytesPerSecond(settings.uplinkBytesPerSecond()).withTransport(settings.transport())
                .withLab(settings.lab()));
    }

    /** The link itself. */
    TandemClient client() {
        return client;
    }

    /**
     * Asks, and passes parts on as they come, on this thread. While the link is down the question waits for it, until its
     * deadline is over or the link's patience.
     *
     * @param send null for a task without a picture
     * @param point of the slices; null where there are none
     * @throws PeerException that says what was attempted and why nothing came of it
     */
    Reply ask(Task task, Look.Send send, Point point, String head, Duration deadline, Consumer<Part> parts)
            throws InterruptedException {
        WireBytes before = client.wireBytes();
        PartsInbox inbox = new PartsInbox();
        Exchange exchange = client.ask(request(task, send, point, head, deadline), inbox);
        boolean answered = false;
        try {
            AnswerSummary summary = inbox.drain(exchange.answer(), parts);
            answered = true;
            return new Reply(summary, exchange.bytesSent(), client.wireBytes().since(before));
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

    /** Says goodbye to the edge. */
    @Override
    public void close() {
        client.close();
    }
}
