package dev.tandem.transport.edge;

import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.wire.Wire;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * How long the edge waits for a device: first for its hello, then, since the device is the one who pings, for anything
 * at all. Loop only.
 */
final class Patience {
    /** How long a device may take nothing while nothing is read from it for that. */
    private static final long DEAF_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Wire wire;
    private final ServerSettings settings;
    private final BiConsumer<ErrorCode, String> refuse;
    private ScheduledFuture<?> timer;

    /** Begins to wait for the hello; {@code refuse} is called at most once, when the patience is over. */
    Patience(Wire wire, ServerSettings settings, BiConsumer<ErrorCode, String> refuse) {
        this.wire = wire;
        this.settings = settings;
        this.refuse = refuse;
        long millis = settings.handshake().toMillis();
        timer = wire.loop().schedule(() -> refuse.accept(ErrorCode.HANDSHAKE_TIMEOUT,
                "no hello within [" + millis + "] ms of connecting"), millis, TimeUnit.MILLISECONDS);
    }

    /** The hello has come. */
    void opened() {
        timer.cancel(false);
        look();
    }

    private void look() {
        long paused = wire.pausedNanos();
        long left = paused > 0
                ? LOOK_NANOS
                : settings.limits().idle().toNanos() - (System.nanoTime() - wire.lastReadNanos());
        if (paused >= DEAF_NANOS) {
            refuse.accept(ErrorCode.OVERLOADED, "the device has taken nothing of what it was answered for ["
                    + TimeUnit.NANOSECONDS.toSeconds(paused) + "] s, so that nothing more was read from it");
        } else if (left <= 0) {
            refuse.accept(ErrorCode.IDLE, "nothing came from the device for [" + settings.limits().idle() + "]");
        } else {
            timer = wire.loop().schedule(this::look, TimeUnit.NANOSECONDS.toMillis(left) + 1, TimeUnit.MILLISECONDS);
        }
    }

    /** The connection is ending. */
    void stop() {
        timer.cancel(false);
    }
}
