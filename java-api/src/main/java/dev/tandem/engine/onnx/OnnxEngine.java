package dev.tandem.engine.onnx;

import dev.tandem.engine.Engine;
import dev.tandem.engine.EngineSettings;
import dev.tandem.engine.GraphFile;
import dev.tandem.engine.Session;
import dev.tandem.foreign.MemoryAccount;
import dev.tandem.foreign.NativeCallException;
import dev.tandem.tensor.MemoryKind;
import java.nio.file.Files;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.onnxruntime.Env;
import org.bytedeco.onnxruntime.SessionOptions;
import org.bytedeco.onnxruntime.global.onnxruntime;

/**
 * Holds the runtime's environment and makes sessions from one set of options. What its bindings hold off the heap is
 * counted by the process account's owner {@code onnx}; what the runtime itself allocates is not ours to count.
 */
final class OnnxEngine implements Engine {
    /** The runtime copies from host memory to a device by itself. */
    private static final Set<MemoryKind> TAKES = Set.of(MemoryKind.HOST, MemoryKind.PINNED, MemoryKind.MAPPED);

    private final MemoryAccount memory = MemoryAccount.process().owner("onnx");
    private final String name;
    private final EngineSettings settings;
    private final boolean cuda;
    private final Set<OnnxSession> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private Env env;

    OnnxEngine(String name, EngineSettings settings, boolean cuda) {
        this.name = name;
        this.settings = settings;
        this.cuda = cuda;
        try (PointerScope _ = new PointerScope()) {
            // Every error also comes back as a status, so the library itself need not write to the console.
            env = OnnxRuntime.keep(new Env(onnxruntime.ORT_LOGGING_LEVEL_FATAL, "tandem"));
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<MemoryKind> takes() {
        return TAKES;
    }

    @Override
    public synchronized Session open(GraphFile graph) {
        if (env == null) {
            throw new IllegalStateException("cannot open graph " + graph + ": the engine [" + name + "] is closed");
        }
        String operation = "open graph " + graph + " with engine [" + name + "]";
        if (!Files.isRegularFile(graph.file())) {
            throw new NativeCallException(operation, onnxruntime.ORT_NO_SUCHFILE, "no such file");
        }
        LentData data = new LentData(graph.elsewhere(), memory);
        try {
            OnnxSession session = openNative(graph, data, operation);
            open.add(session);
            return session;
        } catch (RuntimeException e) {
            data.close();
            throw e;
        }
    }

    private OnnxSession openNative(GraphFile graph, LentData data, String operation) {
        try (PointerScope _ = new PointerScope(); SessionOptions options = OnnxOptions.of(settings, cuda)) {
            data.lendTo(options);
            var handle = OnnxRuntime.keep(new org.bytedeco.onnxruntime.Session(env,
                    OnnxRuntime.cString(graph.file().toAbsolutePath().toString()), options));
            try {
                return new OnnxSession(this, graph, handle, data);
            } catch (RuntimeException e) {
                handle.close();
                throw e;
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("cannot " + operation + ": " + e.getMessage(), e);
        } catch (NativeCallException e) {
            throw e;
        } catch (RuntimeException e) {
            // JavaCPP turns the C++ exception into a bare RuntimeException with its text.
            throw new NativeCallException(operation, onnxruntime.ORT_FAIL, e.getMessage(), e);
        }
    }

    MemoryAccount memory() {
        return memory;
    }

    synchronized void closed(OnnxSession session) {
        open.remove(session);
    }

    @Override
    public synchronized void close() {
        if (env == null) {
            return;
        }
        if (!open.isEmpty()) {
            throw new IllegalStateException("cannot close engine [" + name + "]: sessions still open are " + open
                    + "; close them first");
        }
        env.close();
        env = null;
    }
}
