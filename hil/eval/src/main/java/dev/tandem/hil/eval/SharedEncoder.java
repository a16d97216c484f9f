package dev.tandem.hil.eval;

import dev.tandem.engine.Binding;
import dev.tandem.engine.Engine;
import dev.tandem.engine.GraphFile;
import dev.tandem.engine.Session;
import dev.tandem.tensor.MemoryKind;
import dev.tandem.tensor.Tensor;
import dev.tandem.tensor.TensorInfo;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An engine that opens each graph that looks at pixels (one input of rank 4, as an encoder's) only once, and answers a
 * run on the same pixels as the last from memory: several methods look at one picture with one encoder. Results are bit
 * for bit those of the engine behind it. One thread; sessions of such a graph may not run at the same time. Tensors
 * must be in host memory.
 */
final class SharedEncoder implements Engine {
    private static final int PIXEL_RANK = 4;

    private final Engine engine;
    private final Map<Path, Shared> graphs = new HashMap<>();
    private long savedNanos;

    /** {@code engine} stays the caller's. */
    SharedEncoder(Engine engine) {
        this.engine = engine;
    }

    /** Time that answers from memory have saved since the last call: what honest timings must add. */
    long takeSavedNanos() {
        long saved = savedNanos;
        savedNanos = 0;
        return saved;
    }

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
        Shared shared = graphs.get(graph.file());
        if (shared == null) {
            Session session = engine.open(graph);
            if (session.inputs().size() != 1 || session.inputs().getFirst().shape().length != PIXEL_RANK) {
                return session;
            }
            shared = new Shared(session);
            graphs.put(graph.file(), shared);
        }
        return new EncoderSession(shared);
    }

    /** Closes the shared sessions; the engine behind stays open. */
    @Override
    public void close() {
        graphs.values().forEach(shared -> shared.session.close());
        graphs.clear();
    }

    /** One graph, with the last pixels it saw and what came of them. */
    private static final class Shared {
        private final Session session;
        private byte[] seen;
        private Map<String, byte[]> answer = Map.of();
        private long answerNanos;

        Shared(Session session) {
            this.session = session;
        }

        boolean knows(Tensor pixels, Map<String, Tensor> outputs) {
            return seen != null && answer.keySet().containsAll(outputs.keySet())
                    && pixels.data().mismatch(MemorySegment.ofArray(seen)) < 0;
        }

        void remember(Tensor pixels, Map<String, Tensor> outputs, long nanos) {
            seen = pixels.data().toArray(ValueLayout.JAVA_BYTE);
            answerNanos = nanos;
            answer = new HashMap<>();
            outputs.forEach((name, tensor) -> answer.put(name, tensor.data().toArray(ValueLayout.JAVA_BYTE)));
        }
    }

    /** A view of the one session; closing it closes only its bindings. */
    private final class EncoderSession implements Session {
        private final Shared shared;
        private final List<Binding> bindings = new ArrayList<>();

        EncoderSession(Shared shared) {
            this.shared = shared;
        }

        @Override
        public List<TensorInfo> inputs() {
            return shared.session.inputs();
        }

        @Override
        public List<TensorInfo> outputs() {
            return shared.session.outputs();
        }

        @Override
        public Binding bind(Map<String, Tensor> inputs, Map<String, Tensor> outputs) {
            Binding binding = new EncoderBinding(shared, inputs, outputs);
            bindings.add(binding);
            return binding;
        }

        @Override
        public void close() {
            bindings.forEach(Binding::close);
            bindings.clear();
        }
    }

    private final class EncoderBinding implements Binding {
        private final Shared shared;
        private final Binding binding;
        private final Map<String, Tensor> inputs;
        private final Map<String, Tensor> outputs;

        EncoderBinding(Shared shared, Map<String, Tensor> inputs, Map<String, Tensor> outputs) {
            this.shared = shared;
            this.binding = shared.session.bind(inputs, outputs);
            this.inputs = new LinkedHashMap<>(inputs);
            this.outputs = new LinkedHashMap<>(outputs);
        }

        @Override
        public void run() {
            long start = System.nanoTime();
            Tensor pixels = inputs.values().iterator().next();
            if (shared.knows(pixels, outputs)) {
                outputs.forEach(
                        (name, tensor) -> tensor.data().copyFrom(MemorySegment.ofArray(shared.answer.get(name))));
                savedNanos += Math.max(0, shared.answerNanos - (System.nanoTime() - start));
                return;
            }
            binding.run();
            shared.remember(pixels, outputs, System.nanoTime() - start);
        }

        @Override
        public void rebindInput(String name, Tensor tensor) {
            binding.rebindInput(name, tensor);
            inputs.put(name, tensor);
        }

        @Override
        public void rebindOutput(String name, Tensor tensor) {
            binding.rebindOutput(name, tensor);
            outputs.put(name, tensor);
        }

        @Override
        public void close() {
            binding.close();
        }
    }
}
