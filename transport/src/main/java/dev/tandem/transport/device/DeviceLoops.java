package dev.tandem.transport.device;

import dev.tandem.transport.wire.Sockets;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.util.concurrent.TimeUnit;

/**
 * Event loops that several clients in one process share, such as a gateway's or a load test's. The one who makes them
 * closes them, after the clients.
 */
public final class DeviceLoops implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 2_000;

    private final EventLoopGroup group;

    private DeviceLoops(int threads) {
        group = Sockets.loops(threads, "tandem-device-io");
    }

    /** So many threads. */
    public static DeviceLoops of(int threads) {
        return new DeviceLoops(threads);
    }

    EventLoop next() {
        return group.next();
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, PATIENCE_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly(PATIENCE_MILLIS * 2);
    }
}
