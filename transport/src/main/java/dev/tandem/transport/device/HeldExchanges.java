package dev.tandem.transport.device;

import dev.tandem.transport.session.PeerException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Questions that no connection has: asked while the link is down, or taken from a connection that was lost before the
 * first part of their answers. The next connection takes them, if it comes soon enough. Loop only.
 */
final class HeldExchanges {
    private final List<DeviceExchange> held = new ArrayList<>();

    /** Holds one for so long, then ends it with the reason as it is then. */
    void hold(DeviceExchange exchange, long nanos, Supplier<PeerException> why) {
        held.removeIf(DeviceExchange::ended);
        held.add(exchange);
        exchange.hold(nanos, () -> {
            held.remove(exchange);
            exchange.end(why.get());
        });
    }

    /** Gives up all of them to a new owner. */
    void give(Consumer<DeviceExchange> to) {
        List<DeviceExchange> all = List.copyOf(held);
        held.clear();
        all.forEach(to);
    }

    int size() {
        return held.size();
    }
}
