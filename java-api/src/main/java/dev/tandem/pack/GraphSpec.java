package dev.tandem.pack;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.tandem.tensor.TensorInfo;
import java.util.List;
import java.util.Optional;

/**
 * One ONNX graph of the pack and the tensors that it must have.
 *
 * @param file path in the pack
 * @param data external-data files that the graph reads, in the same folder as {@code file}
 */
public record GraphSpec(String file, List<String> data,
        @JsonDeserialize(contentUsing = TensorReader.class) List<TensorInfo> inputs,
        @JsonDeserialize(contentUsing = TensorReader.class) List<TensorInfo> outputs) {
    /** Lists are copied; absent ones become empty. */
    public GraphSpec {
        data = data == null ? List.of() : List.copyOf(data);
        inputs = inputs == null ? List.of() : List.copyOf(inputs);
        outputs = outputs == null ? List.of() : List.copyOf(outputs);
    }

    /** The declared input of that name. */
    public Optional<TensorInfo> input(String name) {
        return inputs.stream().filter(t -> t.name().equals(name)).findFirst();
    }

    /** The declared output of that name. */
    public Optional<TensorInfo> output(String name) {
        return outputs.stream().filter(t -> t.name().equals(name)).findFirst();
    }
}
