package dev.tandem.hil.eval;

import dev.tandem.engine.Binding;
import dev.tandem.engine.Engine;
import dev.tandem.engine.GraphFile;
import dev.tandem.tensor.MemoryKind;
import dev.tandem.engine.Session;
import dev.tandem.tensor.Tensor;
import dev.tandem.tensor.TensorInfo;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An engine each of whose runs takes {@value #MILLIS} ms more, so that a run can be told from none on any machine. */
record SlowEngine(Engine engine) implements Engine {
    static final long MILLIS = 200;

    @Override
    public String name() {
        return engine.name();
    }

    @Override
    public Set<MemoryKind> takes() {
        return engine.takes();
    }

    @Override
    public Session open(GraphFile graph) {
        return new SlowSession(engine.open(graph));
    }

    @Override
    public void close() {
        engine.close();
    }

    private record SlowSession(Session session) implements Session {
        @Override
        public List<TensorInfo> inputs() {
            return session.inputs();
        }

        @Override
        public List<TensorInfo> outputs() {
            return session.outputs();
        }

        @Override
        public Binding bind(Map<String, Tensor> inputs, Map<String, Tensor> outputs) {
            return new SlowBinding(session.bind(inputs, outputs));
        }

        @Override
        public void close() {
            session.close();
        }
    }

    private record SlowBinding(Binding binding) implements Binding {
        @Override
        public void run() {
            try {
                Thread.sleep(MILLIS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            binding.run();
        }

        @Override
        public void rebindInput(String name, Tensor tensor) {
            binding.rebindInput(name, tensor);
        }

        @Override
        public void rebindOutput(String name, Tensor tensor) {
            binding.rebindOutput(name, tensor);
        }

        @Override
        public void close() {
            binding.close();
        }
    }
}
