package dev.tandem.edge.serve;

import dev.tandem.transport.edge.LinkCounters;
import dev.tandem.transport.edge.LinkListener;
import dev.tandem.transport.edge.TandemServer;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.session.LinkState;
import dev.tandem.transport.session.Transport;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * The link in the edge's metrics: what carried the devices, how exchanges and connections ended, what became of slices,
 * and what the links were like when answers had been given. Thread safe.
 */
final class LinkMeters implements LinkListener {
    private final MeterRegistry registry;
    private final Timer roundTrip;
    private final DistributionSummary rate;
    private final DistributionSummary loss;
    private final DistributionSummary queue;

    LinkMeters(MeterRegistry registry) {
        this.registry = registry;
        roundTrip = Timer.builder("edge.rtt").description("Round trip to the device, when it had an answer; QUIC only")
                .publishPercentiles(0.5, 0.99).register(registry);
        rate = summary("edge.delivery.rate", "Rate at which the edge's bytes arrive", "bytes.per.second");
        loss = summary("edge.loss", "Share of the edge's packets lost, over the life of a connection", "ratio");
        queue = summary("edge.send.queue", "What waited to be sent to the device", "bytes");
    }

    /** Registers what the server counts. */
    void bind(TandemServer server) {
        Gauge.builder("edge.connections", server, TandemServer::connections).description("Devices connected")
                .register(registry);
        LinkCounters counters = server.counters();
        Gauge.builder("edge.exchanges.open", counters, LinkCounters::open)
                .description("Exchanges that have begun and not ended").register(registry);
        Gauge.builder("edge.buffered", server, TandemServer::bufferedBytes).baseUnit("bytes")
                .description("What connections hold: frames, slices, answers not taken").register(registry);
        count("edge.pings", "PINGs of devices", counters, LinkCounters::pings);
        count("edge.faults", "Times that the edge itself failed and went on", counters, LinkCounters::faults);
        for (Transport each : Transport.values()) {
            count("edge.hellos", "Connections that said hello", counters, "transport", each,
                    of -> of.connections(each));
        }
        for (ErrorCode each : ErrorCode.values()) {
            count("edge.ended", "Exchanges and connections that ended without an answer", counters, "reason", each,
                    of -> of.ended(each));
        }
        slices(counters);
        count("edge.answers", "Exchanges that were answered", counters, LinkCounters::answered);
        count("edge.late.frames", "Frames of exchanges that had ended", counters, LinkCounters::lateFrames);
        count("edge.bad.datagrams", "Datagrams that broke the rules", counters, LinkCounters::badDatagrams);
        count("edge.moves", "Changes of a device's address", counters, LinkCounters::moves);
    }

    private void slices(LinkCounters counters) {
        String what = "Slices: announced, used in an answer, and what became of those that came";
        count("edge.slices", what, counters, "outcome", "announced", LinkCounters::slicesAnnounced);
        count("edge.slices", what, counters, "outcome", "used", LinkCounters::slicesUsed);
        for (LinkCounters.Slice each : LinkCounters.Slice.values()) {
            count("edge.slices", what, counters, "outcome", each, of -> of.slices(each));
        }
    }

    @Override
    public void measured(LinkState state) {
        if (state.rttNanos() > 0) {
            roundTrip.record(state.rttNanos(), TimeUnit.NANOSECONDS);
        }
        if (state.bytesPerSecond() > 0) {
            rate.record(state.bytesPerSecond());
        }
        loss.record(state.loss());
        queue.record(state.queueBytes());
    }

    private DistributionSummary summary(String name, String what, String unit) {
        return DistributionSummary.builder(name).description(what).baseUnit(unit).publishPercentiles(0.5, 0.99)
                .register(registry);
    }

    private void count(String name, String what, LinkCounters counters, ToDoubleFunction<LinkCounters> value) {
        FunctionCounter.builder(name, counters, value).description(what).register(registry);
    }

    private void count(String name, String what, LinkCounters counters, String tag, Object of,
            ToDoubleFunction<LinkCounters> value) {
        FunctionCounter.builder(name, counters, value).description(what)
                .tag(tag, of.toString().toLowerCase(Locale.ROOT)).register(registry);
    }
}
