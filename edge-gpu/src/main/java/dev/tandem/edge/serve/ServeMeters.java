package dev.tandem.edge.serve;

import dev.tandem.foreign.MemoryAccount;
import dev.tandem.method.HeadSection;
import dev.tandem.task.Task;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Serving in the edge's metrics: what waits for the model, what the heads have answered, and what is held off the heap,
 * by owner. Thread safe.
 */
final class ServeMeters {
    private final MeterRegistry registry;
    private final MemoryAccount memory;
    private final MultiGauge held;
    private final MultiGauge peak;

    ServeMeters(MeterRegistry registry, MemoryAccount memory) {
        this.registry = registry;
        this.memory = memory;
        held = gauge("edge.offheap", "Memory held off the heap, by owner; an owner's parts are in it");
        peak = gauge("edge.offheap.peak", "Most of it ever held at once");
    }

    /** Registers the queue, and what each head may answer. */
    void bind(Admission admission, Offer offer) {
        Gauge.builder("edge.queue", admission, Admission::waiting).description("Tasks that wait for the model")
                .register(registry);
        for (HeadSection<?> head : offer.heads().all()) {
            Offer.tasks(head).forEach(task -> counter(head.name(), task));
        }
    }

    /** A head has answered. */
    void answered(String head, Task task) {
        counter(head, task.word()).increment();
    }

    /** Looks at the accounts; before each report, since owners come and go. */
    void refresh() {
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

    private MultiGauge gauge(String name, String what) {
        return MultiGauge.builder(name).description(what).baseUnit("bytes").register(registry);
    }

    private Counter counter(String head, String task) {
        return Counter.builder("edge.head.answers").description("Tasks that heads have answered").tag("head", head)
                .tag("task", task).register(registry);
    }
}
