package dev.tandem.device;

import dev.tandem.transport.device.LinkWins;
import dev.tandem.transport.session.Transport;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * A device's link in the metrics of whoever embeds the agent: which transport won and why, and what is known of the link now. The gauges
 * are read on the registry's threads, which the agent's link allows.
 */
public final class LinkMeters implements MeterBinder {
    private final DeviceAgent agent;

    public LinkMeters(DeviceAgent agent) {
        this.agent = agent;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        LinkWins wins = agent.wins();
        for (Transport transport : Transport.values()) {
            for (LinkWins.Why why : LinkWins.Why.values()) {
                FunctionCounter.builder("device.connections", wins, of -> of.of(transport, why))
                        .description("Connections made, by the transport that won and why")
                        .tags("transport", transport.name().toLowerCase(Locale.ROOT), "why", why.toString())
                        .register(registry);
            }
        }
        TimeGauge.builder("device.rtt", agent, TimeUnit.NANOSECONDS, of -> of.link().rttNanos())
                .description("Round trip to the edge; 0: not known").register(registry);
        Gauge.builder("device.delivery.rate", agent, of -> of.link().bytesPerSecond()).baseUnit("bytes.per.second")
                .description("Best delivery rate seen lately; 0: not known").register(registry);
        Gauge.builder("device.loss", agent, of -> of.link().loss()).baseUnit("ratio")
                .description("Share of packets lost lately").register(registry);
        Gauge.builder("device.send.queue", agent, of -> of.link().queueBytes()).baseUnit("bytes")
                .description("What waits to be sent").register(registry);
    }
}
