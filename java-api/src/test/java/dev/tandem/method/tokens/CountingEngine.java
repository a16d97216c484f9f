package dev.tandem.method.tokens;

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
import java.util.function.BiConsumer;

/** An engine that runs a test's lines in a graph's place and counts what is open. A null run refuses to bind. */
public final class CountingEngine implements Engine {
    private final Pack pack;
    private final BiConsumer<Map<String, Tensor>, Map<String, Tensor>> run;
    public int sessions;
    public int bindings;

    public CountingEngine(Pack pack, BiConsumer<Map<String, Tensor>, Map<String, Tensor>> run) {
        this.pack = pack;
        this.run = run;
    }

    @Override
    public String name() {
        return "counting";
    }

    @Override
    public Set<MemoryKind> takes() {
        return Set.of(MemoryKind.HOST);
    }

    @Override
    public Session open(GraphFile graph) {
        sessions++;
        GraphSpec spec = pack.graph(graph.name());
        return new Session() {
            @Override
            public List<TensorInfo> inputs() {
                return spec.inputs();
            }

            @Override
            public List<TensorInfo> outputs() {
                return spec.outputs();
            }

            @Override
            public Binding bind(Map<String, Tensor> in, Map<String, Tensor> out) {
                if (run == null) {
                    throw new IllegalStateException("no memory for a binding");
                }
                bindings++;
                return new Bound(in, out);
            }

            @Override
            public void close() {
                sessions--;
            }
        };
    }

    @Override
    public void close() {
        // Owns nothing.
    }

    private final class Bound implements Binding {
        private final Map<String, Tensor> in;
        private final Map<String, Tensor> out;

        Bound(Map<String, Tensor> in, Map<String, Tensor> out) {
            this.in = in;
            this.out = out;
        }

        @Override
        public void run() {
            run.accept(in, out);
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
            bindings--;
        }
    }
}
