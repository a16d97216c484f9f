package dev.tandem.transport.edge;

import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Failure;
import dev.tandem.transport.wire.Wire;
import java.util.concurrent.TimeUnit;

/** How a connection ends on the edge: once, with a reason that the device is told where it can be. Event loop only. */
final class Ending {
    /** After an ERROR the connection stays open this long, so that its end does not overtake the reason. */
    private static final int LINGER_MILLIS = 1_000;

    private final Edge edge;
    private final EdgeConnection connection;
    private final Wire wire;
    private boolean begun;
    private String reason = "the device closed the connection";

    Ending(Edge edge, EdgeConnection connection) {
        this.edge = edge;
        this.connection = connection;
        this.wire = connection.wire();
    }

    /** Nothing is taken any more. */
    boolean begun() {
        return begun;
    }

    String reason() {
        return reason;
    }

    /** With an ERROR. */
    void refuse(ErrorCode code, String why) {
        if (begun) {
            return;
        }
        begun = true;
        reason = why;
        edge.counters().countEnd(code);
        edge.devices().warn("device [{}] at [{}] refused: {}", connection.device(), wire.remote(), why);
        connection.exchanges().endAll(code, why);
        wire.send(Failure.of(code, why).toFrame(0));
        wire.deaf();
        connection.greeting().share().refused();
        wire.loop().schedule(() -> wire.close(why), LINGER_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Without a word but the wire's own. */
    void close(String why) {
        begun = true;
        reason = why;
        wire.close(why);
    }

    /** The wire is gone; {@code said}: the other end's reason, or null. */
    void gone(String said) {
        if (said != null && !begun) {
            reason = "the device closed the connection: " + said;
        }
        begun = true;
    }
}
