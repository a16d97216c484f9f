package dev.tandem.engine.onnx;

import dev.tandem.engine.Binding;
import dev.tandem.engine.GraphFile;
import dev.tandem.engine.Session;
import dev.tandem.tensor.Tensor;
import dev.tandem.tensor.TensorInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.onnxruntime.MemoryInfo;
import org.bytedeco.onnxruntime.OrtMemoryInfo;
import org.bytedeco.onnxruntime.OrtSession;
import org.bytedeco.onnxruntime.global.onnxruntime;

/** One opened graph with its names read once. The guard turns two threads at once into an exception. */
final class OnnxSession implements Session {
    private final OnnxEngine engine;
    private final GraphFile graph;
    private final org.bytedeco.onnxruntime.Session handle;
    private final LentData data;
    private final MemoryInfo memory;
    private final List<TensorInfo> inputs;
    private final List<TensorInfo> outputs;
    private final List<OnnxBinding> bindings = new ArrayList<>();
    private final AtomicReference<Thread> user = new AtomicReference<>();
    private boolean closed;

    /** Takes ownership of handle and data only if it returns. */
    OnnxSession(OnnxEngine engine, GraphFile graph, org.bytedeco.onnxruntime.Session handle, LentData data) {
        this.engine = engine;
        this.graph = graph;
        this.handle = handle;
        this.data = data;
        this.inputs = OnnxSignature.inputs(handle);
        this.outputs = OnnxSignature.outputs(handle);
        try (PointerScope _ = new PointerScope()) {
            this.memory = OnnxRuntime
                    .keep(MemoryInfo.CreateCpu(onnxruntime.OrtDeviceAllocator, onnxruntime.OrtMemTypeDefault));
        }
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
    public Binding bind(Map<String, Tensor> given, Map<String, Tensor> wanted) {
        enter("bind");
        try {
            OnnxBinding binding = new OnnxBinding(this, given, wanted);
            bindings.add(binding);
            return binding;
        } finally {
            leave();
        }
    }

    org.bytedeco.onnxruntime.Session handle() {
        return handle;
    }

    OrtSession raw() {
        return handle.asOrtSession();
    }

    OrtMemoryInfo memory() {
        return memory.asOrtMemoryInfo();
    }

    GraphFile graph() {
        return graph;
    }

    OnnxEngine engine() {
        return engine;
    }

    /** Claims the session for the calling thread, or says who has it. */
    void enter(String operation) {
        if (!user.compareAndSet(null, Thread.currentThread())) {
            throw new IllegalStateException("cannot " + operation + " on " + this + ": thread [" + user.get()
                    + "] is using it; one thread at a time, or a session each");
        }
        if (closed) {
            leave();
            throw new IllegalStateException("cannot " + operation + " on " + this + ": it is closed");
        }
    }

    void leave() {
        user.set(null);
    }

    void closed(OnnxBinding binding) {
        bindings.remove(binding);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        enter("close");
        try {
            closed = true;
            for (OnnxBinding binding : List.copyOf(bindings)) {
                binding.release();
            }
            bindings.clear();
            memory.close();
            handle.close();
            data.close();
        } finally {
            leave();
        }
        engine.closed(this);
    }

    @Override
    public String toString() {
        return "session of graph " + graph;
    }
}
