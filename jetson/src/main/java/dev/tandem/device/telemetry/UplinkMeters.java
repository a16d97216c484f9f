package dev.tandem.device.telemetry;

import dev.tandem.transport.device.LinkWins;
import dev.tandem.transport.session.LinkState;
import dev.tandem.transport.session.Transport;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A device's link in the metrics of whoever embeds the agent: which transport won and why, and what is known of the
 * link now. The gauges are read on the registry's threads, which the agent's link allows.
 */
public final class UplinkMeters implements MeterBinder {
    private final LinkWins wins;
    private final Supplier<LinkState> link;

    /**
     * @param wins which transport carried the link so far
     * @param link what is known of it now; asked on any thread
     */
    public UplinkMeters(LinkWins wins, Supplier<LinkState> link) {
        this.wins = wins;
        this.link = link;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (Transport transport : Transport.values()) {
            for (LinkWins.Why why : LinkWins.Why.values()) {
                FunctionCounter.builder("device.connections", wins, of -> of.of(transport, why))
                        .description("Connections made, by the transport that won and why")
                        .tags("transport", transport.name().toLowerCase(Locale.ROOT), "why", why.toString())
                        .register(registry);
            }
        }
        TimeGauge.builder("device.rtt", () -> link.get().rttNanos(), TimeUnit.NANOSECONDS)
                .description("Round trip to the edge; 0: not known").register(registry);
        Gauge.builder("device.delivery.rate", () -> link.get().bytesPerSecond()).baseUnit("bytes.per.second")
                .description("Best delivery rate seen lately; 0: not known").register(registry);
        Gauge.builder("device.loss", () -> link.get().loss()).baseUnit("ratio")
                .description("Share of packets lost lately").register(registry);
        Gauge.builder("device.send.queue", () -> link.get().queueBytes()).baseUnit("bytes")
                .description("What waits to be sent").register(registry);
    }
}
