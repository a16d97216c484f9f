package dev.tandem.method;

import dev.tandem.task.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What came of looking at a picture on the device. Immutable. */
public sealed interface Look {
    /** Nanoseconds of each stage, in order. */
    Map<String, Long> stageNanos();

    /**
     * Something to send.
     *
     * @param slices   in order of their index; the arrays are the caller's
     * @param tiles    crops that they belong to, at least 1
     * @param units    tokens, patches or bands that the slices hold together; 0 where that means nothing
     * @param fallback the device's own answer, for when no edge is in reach or it has too little to answer from; empty
     *                 where it has none
     */
    record Send(List<Slice> slices, int tiles, Need need, int units, List<Part> fallback,
            Map<String, Long> stageNanos) implements Look {
        public Send {
            slices = List.copyOf(slices);
            fallback = List.copyOf(fallback);
            stageNanos = new LinkedHashMap<>(stageNanos);
        }

        /** Slices of one tile, the most important first, without an answer of the device's own. */
        public static Send of(List<byte[]> slices, Need need, int units, Map<String, Long> stageNanos) {
            List<Slice> numbered = new ArrayList<>(slices.size());
            for (int i = 0; i < slices.size(); i++) {
                numbered.add(new Slice(i, 0, slices.get(i)));
            }
            return new Send(numbered, 1, need, units, List.of(), stageNanos);
        }

        /** Bytes of all slices, their headers and checks counted; the transport adds its own. */
        public int bytes() {
            return slices.stream().mapToInt(slice -> slice.bytes().length).sum();
        }
    }

    /** Sure enough here: the answer, and nothing to send. */
    record Here(List<Part> answer, Map<String, Long> stageNanos) implements Look {
        public Here {
            answer = List.copyOf(answer);
            stageNanos = new LinkedHashMap<>(stageNanos);
        }
    }
}
