package dev.tandem.method;

import dev.tandem.engine.Binding;
import dev.tandem.engine.Engine;
import dev.tandem.engine.Session;
import dev.tandem.pack.GraphSpec;
import dev.tandem.pack.GraphVector;
import dev.tandem.pack.Pack;
import dev.tandem.tensor.DType;
import dev.tandem.tensor.Tensor;
import dev.tandem.tensor.TensorInfo;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One graph vector: stored inputs through the graph, outputs against the stored ones. */
final class GoldenGraph {
    private static final String KIND = "graph";

    private GoldenGraph() {
    }

    static List<GoldenResult> run(Pack pack, Engine engine, GraphVector vector) {
        GraphSpec spec = pack.graph(vector.graph());
        try (Arena arena = Arena.ofConfined(); Session session = PackSession.open(engine, pack, vector.graph())) {
            Map<String, Tensor> inputs = new HashMap<>();
            for (var input : vector.inputs().entrySet()) {
                Tensor tensor = allocate(arena, spec.input(input.getKey()).orElseThrow(), vector);
                inputs.put(input.getKey(), read(pack.file(input.getValue()), tensor));
            }
            Map<String, Tensor> outputs = new HashMap<>();
            for (String name : vector.outputs().keySet()) {
                outputs.put(name, allocate(arena, spec.output(name).orElseThrow(), vector));
            }
            try (Binding binding = session.bind(inputs, outputs)) {
                binding.run();
            }
            List<GoldenResult> results = new ArrayList<>();
            for (var output : vector.outputs().entrySet()) {
                Tensor stored = read(pack.file(output.getValue()),
                        allocate(arena, spec.output(output.getKey()).orElseThrow(), vector));
                results.add(compare(vector, output.getKey(), stored, outputs.get(output.getKey())));
            }
            return results;
        } catch (IOException | RuntimeException e) {
            return List.of(GoldenResult.failed(KIND, vector.graph(), String.valueOf(e.getMessage())));
        }
    }

    private static Tensor allocate(Arena arena, TensorInfo spec, GraphVector vector) {
        long[] shape = vector.shapes().get(spec.name()).stream().mapToLong(Long::longValue).toArray();
        return Tensor.allocate(arena, spec.dtype(), shape);
    }

    private static Tensor read(Path file, Tensor target) throws IOException {
        try (FileChannel channel = FileChannel.open(file); Arena scratch = Arena.ofConfined()) {
            MemorySegment stored = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), scratch);
            target.data().copyFrom(stored);
        }
        return target;
    }

    private static GoldenResult compare(GraphVector vector, String output, Tensor stored, Tensor found) {
        boolean floats = stored.dtype() == DType.FLOAT32 || stored.dtype() == DType.FLOAT16;
        double[] expected = floats ? widen(stored.toFloats()) : widen(stored.toLongs());
        double[] given = floats ? widen(found.toFloats()) : widen(found.toLongs());
        double most = 0;
        double largest = 1;
        for (int i = 0; i < expected.length; i++) {
            double off = Math.abs(expected[i] - given[i]);
            most = Double.isNaN(off) ? Double.POSITIVE_INFINITY : Math.max(most, off);
            largest = Math.max(largest, Math.abs(expected[i]));
        }
        double tolerance = floats ? vector.tolerance() : 0;
        return new GoldenResult(KIND, vector.graph() + "/" + output, most, most / largest, tolerance,
                most / largest <= tolerance, expected.length + " values, largest " + (float) largest);
    }

    private static double[] widen(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }

    private static double[] widen(long[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }
}
