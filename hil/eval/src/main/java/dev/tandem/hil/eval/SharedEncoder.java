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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An engine that opens one graph, the encoder, only once, and answers a run on the same pixels as the last from memory:
 * {@code raw}, {@code merged} and every {@code tofc} point look at the same picture. Results are bit for bit those of the
 * engine behind it. One thread; sessions of the encoder may not run at the same time. Tensors must be in host memory.
 */
final class SharedEncoder implements Engine {
    private final Engine engine;
    private final Path encoder;
    private Session session;
    private byte[] seen;
    private Map<String, byte[]> answer;
    private long answerNanos;
    private long savedNanos;

    /** {@code engine} stays the caller's; {@code encoder} is the graph to share. */
    SharedEncoder(Engine engine, Path encoder) {
        this.engine = engine;
        this.encoder = encoder;
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
        if (!graph.file().equals(encoder)) {
            return engine.open(graph);
        }
        if (session == null) {
            session = engine.open(graph);
        }
        return new EncoderSession();
    }

    /** Closes the shared session; the engine behind stays open. */
    @Override
    public void close() {
        if (session != null) {
            session.close();
            session = null;
        }
    }

    /** A view of the one session; closing it closes only its bindings. */
    private final class EncoderSession implements Session {
        private final java.util.ArrayList<Binding> bindings = new java.util.ArrayList<>();

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
            Binding binding = new EncoderBinding(session.bind(inputs, outputs), inputs, outputs);
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
        private final Binding binding;
        private final Map<String, Tensor> inputs;
        private final Map<String, Tensor> outputs;

        EncoderBinding(Binding binding, Map<String, Tensor> inputs, Map<String, Tensor> outputs) {
            this.binding = binding;
            this.inputs = new LinkedHashMap<>(inputs);
            this.outputs = new LinkedHashMap<>(outputs);
        }

        @Override
        public void run() {
            long start = System.nanoTime();
            Tensor pixels = inputs.values().iterator().next();
            if (seen != null && answer.keySet().containsAll(outputs.keySet())
                    && pixels.data().mismatch(MemorySegment.ofArray(seen)) < 0) {
                outputs.forEach((name, tensor) -> tensor.data().copyFrom(MemorySegment.ofArray(answer.get(name))));
                savedNanos += Math.max(0, answerNanos - (System.nanoTime() - start));
                return;
            }
            binding.run();
            answerNanos = System.nanoTime() - start;
            seen = pixels.data().toArray(ValueLayout.JAVA_BYTE);
            answer = new HashMap<>();
            outputs.forEach((name, tensor) -> answer.put(name, tensor.data().toArray(ValueLayout.JAVA_BYTE)));
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
