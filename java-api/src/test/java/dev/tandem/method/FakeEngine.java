package dev.tandem.method;

import dev.tandem.engine.Binding;
import dev.tandem.engine.Engine;
import dev.tandem.engine.GraphFile;
import dev.tandem.engine.Session;
import dev.tandem.pack.GraphSpec;
import dev.tandem.pack.Pack;
import dev.tandem.tensor.MemoryKind;
import dev.tandem.tensor.Tensor;
import dev.tandem.tensor.TensorInfo;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** An engine whose graphs have what the pack declares, changed by the test, and whose runs leave outputs zero. */
final class FakeEngine implements Engine {
    private final Pack pack;
    private final UnaryOperator<TensorInfo> change;
    int open;

    FakeEngine(Pack pack, UnaryOperator<TensorInfo> change) {
        this.pack = pack;
        this.change = change;
    }

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
        GraphSpec spec = pack.graph(graph.name());
        open++;
        return new FakeSession(infos(spec.inputs()), infos(spec.outputs()));
    }

    private List<TensorInfo> infos(List<TensorInfo> declared) {
        return declared.stream().map(change).toList();
    }

    @Override
    public void close() {
        // Owns nothing.
    }

    private final class FakeSession implements Session {
        private final List<TensorInfo> inputs;
        private final List<TensorInfo> outputs;

        FakeSession(List<TensorInfo> inputs, List<TensorInfo> outputs) {
            this.inputs = inputs;
            this.outputs = outputs;
        }

        @Override
        public List<TensorInfo> inputs() {
            return inputs;
        }

        @Override
        public List<TensorInfo> outputs() {
            return outputs;
        }

        @Override
        public Binding bind(Map<String, Tensor> in, Map<String, Tensor> out) {
            return new FakeBinding();
        }

        @Override
        public void close() {
            open--;
        }
    }

    private static final class FakeBinding implements Binding {
        @Override
        public void run() {
            // Outputs stay as they were allocated: zero.
        }

        @Override
        public void rebindInput(String name, Tensor tensor) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void rebindOutput(String name, Tensor tensor) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            // Owns nothing.
        }
    }
}
