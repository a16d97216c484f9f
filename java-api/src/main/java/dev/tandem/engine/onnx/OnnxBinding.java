package dev.tandem.engine.onnx;

import dev.tandem.engine.Binding;
import dev.tandem.foreign.CountedArena;
import dev.tandem.tensor.MemoryKind;
import dev.tandem.tensor.Tensor;
import dev.tandem.tensor.TensorInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.onnxruntime.IoBinding;
import org.bytedeco.onnxruntime.OrtApi;
import org.bytedeco.onnxruntime.OrtIoBinding;
import org.bytedeco.onnxruntime.OrtMemoryInfo;
import org.bytedeco.onnxruntime.OrtRunOptions;
import org.bytedeco.onnxruntime.OrtSession;
import org.bytedeco.onnxruntime.OrtStatus;
import org.bytedeco.onnxruntime.OrtValue;
import org.bytedeco.onnxruntime.RunOptions;

/**
 * IO binding over the caller's memory. The native value that describes a tensor is freed as soon as it is attached (the
 * native binding holds its own reference), so between runs nothing but the binding itself is alive.
 */
final class OnnxBinding implements Binding {
    private final OrtApi api = OnnxRuntime.api();
    private final OnnxSession session;
    private final Set<MemoryKind> takes;
    private final CountedArena arena;
    private final OrtSession rawSession;
    private final OrtMemoryInfo memory;
    private final IoBinding handle;
    private final OrtIoBinding raw;
    private final RunOptions options;
    private final OrtRunOptions rawOptions;
    private final Map<String, OnnxPlace> inputs = new HashMap<>();
    private final Map<String, OnnxPlace> outputs = new HashMap<>();
    private final List<OnnxPlace> places = new ArrayList<>();
    private final OnnxAddress address = new OnnxAddress();
    private final OrtValue value = new OrtValue();
    private final String runOperation;
    private boolean closed;

    OnnxBinding(OnnxSession session, Map<String, Tensor> given, Map<String, Tensor> wanted) {
        this.session = session;
        this.rawSession = session.raw();
        this.memory = session.memory();
        this.runOperation = "run graph " + session.graph();
        this.takes = session.engine().takes();
        try (PointerScope _ = new PointerScope()) {
            handle = OnnxRuntime.keep(new IoBinding(session.handle()));
            raw = handle.asOrtIoBinding();
            options = OnnxRuntime.keep(new RunOptions());
            rawOptions = options.asOrtRunOptions();
        }
        arena = CountedArena.shared(session.engine().memory());
        try {
            requireNames("input", session.inputs(), given, true);
            requireNames("output", session.outputs(), wanted, false);
            attachAll(session.inputs(), given, inputs, true);
            attachAll(session.outputs(), wanted, outputs, false);
        } catch (RuntimeException e) {
            release();
            throw e;
        }
    }

    private void requireNames(String what, List<TensorInfo> known, Map<String, Tensor> given, boolean all) {
        TreeSet<String> unknown = new TreeSet<>(given.keySet());
        known.forEach(info -> unknown.remove(info.name()));
        TreeSet<String> missing = new TreeSet<>();
        known.stream().map(TensorInfo::name).filter(name -> !given.containsKey(name)).forEach(missing::add);
        if (!unknown.isEmpty() || all && !missing.isEmpty() || given.isEmpty() && !known.isEmpty()) {
            throw new IllegalArgumentException("cannot bind the " + what + "s of " + session + ": unknown " + unknown
                    + ", missing " + (all || given.isEmpty() ? missing : "[]") + "; the graph has " + known);
        }
    }

    private void attachAll(List<TensorInfo> infos, Map<String, Tensor> tensors, Map<String, OnnxPlace> byName,
            boolean input) {
        for (TensorInfo info : infos) {
            if (tensors.containsKey(info.name())) {
                OnnxPlace place = new OnnxPlace(info, input, arena);
                byName.put(info.name(), place);
                places.add(place);
                attach(place, tensors.get(info.name()));
            }
        }
    }

    @Override
    public void run() {
        enter("run");
        try (PointerScope _ = new PointerScope()) {
            for (OnnxPlace place : places) {
                requireAlive(place, place.tensor);
            }
            OnnxRuntime.check(api.RunWithBinding(rawSession, rawOptions, raw), runOperation);
        } finally {
            session.leave();
        }
    }

    @Override
    public void rebindInput(String name, Tensor tensor) {
        rebind(inputs, "input", name, tensor);
    }

    @Override
    public void rebindOutput(String name, Tensor tensor) {
        rebind(outputs, "output", name, tensor);
    }

    private void rebind(Map<String, OnnxPlace> byName, String what, String name, Tensor tensor) {
        enter("rebind");
        try (PointerScope _ = new PointerScope()) {
            OnnxPlace place = byName.get(name);
            if (place == null) {
                throw new IllegalArgumentException("cannot rebind " + what + " [" + name + "] of " + session
                        + ": the binding was made with " + new TreeSet<>(byName.keySet()));
            }
            attach(place, tensor);
        } finally {
            session.leave();
        }
    }

    private void attach(OnnxPlace place, Tensor tensor) {
        if (!place.info.accepts(tensor)) {
            throw new IllegalArgumentException(
                    "cannot bind " + tensor + " of " + session + ": the graph wants [" + place.info + "]");
        }
        if (!takes.contains(tensor.kind())) {
            throw new IllegalArgumentException("cannot bind " + tensor + " to [" + place.info.name() + "] of " + session
                    + ": its memory is [" + tensor.kind() + "], this engine takes " + takes);
        }
        requireAlive(place, tensor);
        place.describe(tensor);
        OrtStatus status = api.CreateTensorWithDataAsOrtValue(memory, address.at(tensor.data().address()),
                tensor.byteSize(), place.dimensions, place.rank, place.type, value);
        if (status != null) {
            OnnxRuntime.check(status, "describe " + tensor + " for [" + place.info.name() + "] of " + session);
        }
        status = place.input ? api.BindInput(raw, place.name, value) : api.BindOutput(raw, place.name, value);
        api.ReleaseValue(value);
        value.setNull();
        if (status != null) {
            OnnxRuntime.check(status, "bind " + tensor + " to [" + place.info.name() + "] of " + session);
        }
        place.tensor = tensor;
    }

    /** The runtime would read or write freed memory without a word. */
    private void requireAlive(OnnxPlace place, Tensor tensor) {
        if (!tensor.data().scope().isAlive()) {
            throw new IllegalStateException("the memory of [" + place.info + "] of " + session
                    + " is gone: its arena was closed; bind a tensor of an open arena");
        }
    }

    private void enter(String operation) {
        session.enter(operation);
        if (closed) {
            session.leave();
            throw new IllegalStateException("cannot " + operation + " a binding of " + session + ": it is closed");
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        session.enter("close a binding");
        try {
            release();
            session.closed(this);
        } finally {
            session.leave();
        }
    }

    /** Frees the native side; the caller holds the session. */
    void release() {
        if (closed) {
            return;
        }
        closed = true;
        handle.close();
        options.close();
        arena.close();
    }
}
