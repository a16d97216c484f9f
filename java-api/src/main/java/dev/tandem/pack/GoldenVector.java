package dev.tandem.pack;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Map;

/**
 * A recorded input with the output that a correct installation gives. Data only: {@code dev.tandem.method.GoldenReplay}
 * runs graphs and codec, the edge runs text.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({@JsonSubTypes.Type(value = GoldenVector.OfGraph.class, name = "graph"),
        @JsonSubTypes.Type(value = GoldenVector.OfCodec.class, name = "codec"),
        @JsonSubTypes.Type(value = GoldenVector.OfText.class, name = "text")})
public sealed interface GoldenVector {

    /**
     * Inputs and outputs of one graph as raw little-endian files.
     *
     * @param shapes    concrete shape of every named input and output
     * @param tolerance largest difference allowed, relative to max(1, largest absolute stored value)
     */
    record OfGraph(String graph, Map<String, String> inputs, Map<String, String> outputs,
            Map<String, List<Long>> shapes, double tolerance) implements GoldenVector {
        /** Maps are copied; absent ones become empty. */
        public OfGraph {
            inputs = Ordered.copy(inputs);
            outputs = Ordered.copy(outputs);
            shapes = Ordered.copy(shapes);
        }
    }

    /**
     * Merged tokens and their analysis, and the slices that they must become.
     *
     * @param tokens float32 [n,tokenWidth]
     * @param expert int64 [n]
     * @param z      float32 [n,hyperWidth]
     */
    record OfCodec(String operatingPoint, String tokens, String expert, String z,
            List<String> slices) implements GoldenVector {
        /** The list is copied; an absent one becomes empty. */
        public OfCodec {
            slices = slices == null ? List.of() : List.copyOf(slices);
        }
    }

    /** A text-only prompt and its greedy answer. */
    record OfText(String prompt, List<Integer> ids, String text) implements GoldenVector {
        /** The list is copied; an absent one becomes empty. */
        public OfText {
            ids = ids == null ? List.of() : List.copyOf(ids);
        }
    }
}
