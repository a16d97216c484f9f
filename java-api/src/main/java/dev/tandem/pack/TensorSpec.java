package dev.tandem.pack;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.tandem.tensor.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * A named tensor of a graph.
 *
 * @param dtype written in lower case in the manifest, for example {@code float32}
 * @param shape dimensions, -1 where dynamic
 */
public record TensorSpec(String name, DType dtype, List<Long> shape) {
    /** The shape is copied; an absent one becomes that of a scalar. */
    public TensorSpec {
        shape = shape == null ? List.of() : Collections.unmodifiableList(new ArrayList<>(shape));
    }

    /** From the manifest, where dtypes are lower-case words. */
    @JsonCreator
    static TensorSpec parse(@JsonProperty("name") String name, @JsonProperty("dtype") String dtype,
            @JsonProperty("shape") List<Long> shape) {
        DType known = Arrays.stream(DType.values()).filter(d -> d.name().toLowerCase(Locale.ROOT).equals(dtype))
                .findFirst().orElseThrow(() -> new IllegalArgumentException("unknown dtype " + dtype));
        return new TensorSpec(name, known, shape);
    }
}
