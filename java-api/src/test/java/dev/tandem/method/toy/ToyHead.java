package dev.tandem.method.toy;

import dev.tandem.method.GoldenResult;
import dev.tandem.method.Head;
import dev.tandem.method.HeadKind;
import dev.tandem.method.HeadLimits;
import dev.tandem.method.HeadSection;
import dev.tandem.method.Host;
import dev.tandem.method.Reading;
import dev.tandem.method.Tally;
import dev.tandem.pack.HeadSpec;
import dev.tandem.pack.Pack;
import dev.tandem.task.Label;
import dev.tandem.task.Part;
import dev.tandem.task.Sink;
import dev.tandem.task.Task;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Tells dark from bright by a toy's greys. */
public final class ToyHead implements HeadKind {
    @Override
    public String kind() {
        return "brightness";
    }

    @Override
    public HeadSection<?> section(HeadSpec head, Pack pack) {
        return new ToyHeadSection(head.name());
    }

    private record ToyHeadSection(String name) implements HeadSection<ToyMethod.Greys> {
        @Override
        public Class<ToyMethod.Greys> reads() {
            return ToyMethod.Greys.class;
        }

        @Override
        public Set<Class<? extends Task>> answers() {
            return Set.of(Task.Classify.class);
        }

        @Override
        public Head<ToyMethod.Greys> open(Host host, HeadLimits limits) {
            return new Head<>() {
                @Override
                public Reading read(ToyMethod.Greys evidence, BooleanSupplier cancelled) {
                    return new ToyReading(evidence);
                }

                @Override
                public void close() {
                    // Holds nothing.
                }
            };
        }

        @Override
        public List<GoldenResult> replay(Host host) {
            return List.of();
        }
    }

    private record ToyReading(ToyMethod.Greys greys) implements Reading {
        @Override
        public Tally answer(Task task, Sink sink) {
            double sum = 0;
            for (byte grey : greys.values()) {
                sum += (grey & 0xFF) / 255.0;
            }
            float bright = (float) (sum / greys.used());
            Label one = new Label(1, "bright", bright);
            Label other = new Label(0, "dark", 1 - bright);
            sink.part(new Part.Labels(bright > 0.5 ? List.of(one, other) : List.of(other, one)));
            return new Tally(Map.of("squares", (long) greys.used()), Map.of(), sink.cancelled());
        }

        @Override
        public long bytes() {
            return greys.used();
        }

        @Override
        public Map<String, Long> stageNanos() {
            return Map.of();
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
