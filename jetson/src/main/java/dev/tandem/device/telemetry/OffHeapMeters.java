package dev.tandem.device.telemetry;

import dev.tandem.foreign.MemoryAccount;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * What a device holds off the Java heap, by owner, in the metrics of whoever embeds the agent. Owners come and go, so
 * {@link #refresh} is called before each report. Thread safe once bound.
 */
public final class OffHeapMeters implements MeterBinder {
    private final MemoryAccount memory;
    private MultiGauge held;
    private MultiGauge peak;

    /** @param memory the account whose owners are shown, as a rule that of the process */
    public OffHeapMeters(MemoryAccount memory) {
        this.memory = memory;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        held = MultiGauge.builder("device.offheap").baseUnit("bytes")
                .description("Memory held off the heap, by owner; an owner's parts are in it").register(registry);
        peak = MultiGauge.builder("device.offheap.peak").baseUnit("bytes").description("Most of it ever held at once")
                .register(registry);
        refresh();
    }

    /** Looks at the accounts as they are now. */
    public void refresh() {
        Map<String, MemoryAccount.Usage> owners = memory.owners();
        rows(held, owners, MemoryAccount.Usage::bytes);
        rows(peak, owners, MemoryAccount.Usage::highWater);
    }

    private static void rows(MultiGauge gauge, Map<String, MemoryAccount.Usage> owners,
            ToLongFunction<MemoryAccount.Usage> value) {
        gauge.register(owners.entrySet().stream().<MultiGauge.Row<?>>map(
                owner -> MultiGauge.Row.of(Tags.of("owner", owner.getKey()), value.applyAsLong(owner.getValue())))
                .toList(), true);
    }
}
