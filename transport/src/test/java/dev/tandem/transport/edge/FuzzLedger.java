package dev.tandem.transport.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.Asked;
import dev.tandem.transport.frame.Ask;
import dev.tandem.transport.frame.Credit;
import dev.tandem.transport.frame.Done;
import dev.tandem.transport.frame.End;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Failure;
import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.FrameException;
import dev.tandem.transport.frame.FrameRules;
import dev.tandem.transport.frame.FrameType;
import dev.tandem.transport.frame.HelloAck;
import dev.tandem.transport.frame.Part;
import dev.tandem.transport.frame.Received;
import dev.tandem.transport.session.Causes;
import dev.tandem.transport.tls.TlsFailure;
import dev.tandem.transport.wire.WireEvents;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Stands between a wire and the edge's logic and keeps the books of one connection: what was asked, what the edge said
 * to it, and that nothing but a FrameException ever came out of it.
 */
final class FuzzLedger implements WireEvents {
    private static final int REMEMBERED = 4_096;

    private final FuzzEdge fuzz;
    private final EdgeConnection connection;
    private final Runnable listen;
    /** Exchanges without a terminal frame, with the PARTs heard. */
    private final Map<Long, Integer> open = new HashMap<>();
    private final Set<Long> opened = new HashSet<>();
    /** Opened by a copy in a datagram; the ASK of their stream opens nothing. */
    private final Set<Long> copied = new HashSet<>();
    private FrameRules rules = FrameRules.opening(End.EDGE);
    /** The highest exchange that was opened; 0: none. */
    long highest;
    private long credit = FuzzEdge.LIMITS.inFlight();
    /** The edge has said its last word. */
    private boolean over;
    /** The device has said its last. */
    private boolean goodbye;
    long asked;
    long parts;
    long answered;

    /** {@code listen} brings what the edge has said to {@link #said}. */
    FuzzLedger(FuzzEdge fuzz, EdgeConnection connection, Runnable listen) {
        this.fuzz = fuzz;
        this.connection = connection;
        this.listen = listen;
    }

    /** What the edge sent: it must be a frame that a device takes, at a place where it takes it. */
    void said(byte[] bytes) {
        assertFalse(over, "the edge spoke after it had ended the connection");
        Frame frame = Frame.parse(ByteBuffer.wrap(bytes), rules);
        switch (frame.type()) {
            case HELLO_ACK -> {
                assertEquals(FuzzEdge.LIMITS, HelloAck.read(frame).limits());
                rules = FrameRules.open(End.EDGE, FuzzEdge.LIMITS);
            }
            case PART -> {
                assertEquals(Asked.WORDS, Part.read(frame).kind());
                assertEquals(open.get(frame.exchange()), frame.sequence(), "sequence of PART");
                open.merge(frame.exchange(), 1, Integer::sum);
                parts++;
            }
            case DONE -> {
                assertTrue(Done.read(frame).slicesUsed() <= Done.read(frame).slicesAnnounced());
                ended(frame);
                answered++;
            }
            case ERROR -> failed(frame);
            case CREDIT -> {
                assertTrue(Credit.read(frame).exchanges() >= credit, "credit fell");
                credit = Credit.read(frame).exchanges();
            }
            case RECEIVED -> {
                assertTrue(open.containsKey(frame.exchange()));
                Received.read(frame);
            }
            default -> assertTrue(frame.type() == FrameType.PONG || frame.type() == FrameType.LINK_REPORT);
        }
    }

    private void failed(Frame frame) {
        ErrorCode code = Failure.read(frame).known();
        assertNotNull(code);
        fuzz.said.merge(code, 1L, Long::sum);
        if (frame.exchange() == 0) {
            over = true;
        } else {
            ended(frame);
        }
    }

    private void ended(Frame frame) {
        assertNotNull(open.remove(frame.exchange()), "a second end, or one that nobody asked for: " + frame);
    }

    @Override
    public void frame(Frame frame) {
        boolean last = false;
        if (!over && !goodbye) {
            if (frame.type() == FrameType.ASK && reads(frame) && !copied.remove(frame.exchange())) {
                opens(frame.exchange());
            }
            last = frame.type() == FrameType.BYE || frame.type() == FrameType.ERROR && frame.exchange() == 0;
        }
        connection.frame(frame);
        listen.run();
        goodbye |= last;
    }

    /** Each id once, unless it is so old that the edge has forgotten which those were. */
    private boolean opens(long id) {
        if (highest - id >= REMEMBERED || !opened.add(id)) {
            return false;
        }
        highest = Math.max(highest, id);
        open.put(id, 0);
        asked++;
        return true;
    }

    private static boolean reads(Frame frame) {
        try {
            Ask.read(frame);
            return true;
        } catch (FrameException expected) {
            return false;
        }
    }

    @Override
    public void broken(Throwable cause) {
        if (Causes.find(cause, FrameException.class) == null) {
            throw new AssertionError("an exception that no frame may cause", cause);
        }
        connection.broken(cause);
        listen.run();
    }

    @Override
    public void down(String reason) {
        over = true;
        fuzz.said.merge(ErrorCode.PEER_CLOSED, (long) open.size(), Long::sum); // what nobody is there to be told of
        open.clear();
        connection.down(reason);
    }

    @Override
    public void up(List<X509Certificate> chain) {
        connection.up(chain);
    }

    @Override
    public void datagram(Frame frame) {
        if (!over && !goodbye && frame.type() == FrameType.ASK
                && frame.exchange() - highest <= FuzzEdge.LIMITS.inFlight()
                && reads(frame) && copied.size() < FuzzEdge.LIMITS.inFlight() && opens(frame.exchange())) {
            copied.add(frame.exchange());
        }
        connection.datagram(frame);
        listen.run();
    }

    @Override
    public void dropped(FrameType type, long exchange, String why) {
        throw new AssertionError("no room for a frame of " + type + ": " + why);
    }

    @Override
    public void badDatagram(RuntimeException why) {
        connection.badDatagram(why);
    }

    @Override
    public void streamEnded(long exchange) {
        connection.streamEnded(exchange);
        listen.run();
    }

    @Override
    public void refused(TlsFailure why) {
        throw new AssertionError("no TLS here, yet it refused: " + why);
    }

    @Override
    public void moved() {
        connection.moved();
        listen.run();
    }

    @Override
    public void writable() {
        connection.writable();
    }
}
