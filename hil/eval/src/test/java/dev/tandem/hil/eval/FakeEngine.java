package dev.tandem.hil.eval;

import dev.tandem.engine.Binding;
import dev.tandem.engine.Engine;
import dev.tandem.engine.GraphFile;
import dev.tandem.engine.Session;
import dev.tandem.tensor.DType;
import dev.tandem.tensor.MemoryKind;
import dev.tandem.tensor.Tensor;
import dev.tandem.tensor.TensorInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Graphs with one input that add 1 to it; those whose name begins with "pixels" look at pixels. Counts what happens.
 */
final class FakeEngine implements Engine {
    int sessions;
    int runs;
    int open;

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public Set<MemoryKind> takes() {
        return Set.of(MemoryKind.HOST);
    }

    @Override
    public Session open(GraphFile graph) {
        sessions++;
        open++;
        long[] shape = graph.name().startsWith("pixels") ? new long[]{1, 1, 2, 2} : new long[]{4};
        return new Session() {
            @Override
            public List<TensorInfo> inputs() {
                return List.of(new TensorInfo("in", DType.FLOAT32, shape));
            }

            @Override
            public List<TensorInfo> outputs() {
                return List.of(new TensorInfo("out", DType.FLOAT32, shape));
            }

            @Override
            public Binding bind(Map<String, Tensor> inputs, Map<String, Tensor> outputs) {
                open++;
                return new Adding(new HashMap<>(inputs), new HashMap<>(outputs));
            }

            @Override
            public void close() {
                open--;
            }
        };
    }

    private final class Adding implements Binding {
        private final Map<String, Tensor> inputs;
        private final Map<String, Tensor> outputs;
        private boolean closed;

        Adding(Map<String, Tensor> inputs, Map<String, Tensor> outputs) {
            this.inputs = inputs;
            this.outputs = outputs;
        }

        @Override
        public void run() {
            runs++;
            float[] values = inputs.get("in").toFloats();
            for (int i = 0; i < values.length; i++) {
                values[i]++;
            }
            outputs.get("out").setFloats(values);
        }

        @Override
        public void rebindInput(String name, Tensor tensor) {
            inputs.put(name, tensor);
        }

        @Override
        public void rebindOutput(String name, Tensor tensor) {
            outputs.put(name, tensor);
        }

        @Override
        public void close() {
            open -= closed ? 0 : 1;
            closed = true;
        }
    }

    @Override
    public void close() {
        // Holds nothing of its own.
    }
}
