package dev.tandem.edge.lmm;

import dev.tandem.engine.Binding;
import dev.tandem.engine.Session;
import dev.tandem.tensor.DType;
import dev.tandem.tensor.Tensor;
import dev.tandem.tensor.TensorInfo;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A decoder graph in Java with one layer, two heads of width 1 and three tokens. Keys and values of a position are its
 * embedding; logit v of a position is the sum of all keys up to it, plus v. So a result shows whether every run saw the
 * whole past.
 */
final class FakeDecoder implements Session {
    private final DType type;
    private final boolean lastOnly;
    private final boolean positions;
    final List<String> runs = new ArrayList<>();

    FakeDecoder(DType type, boolean lastOnly, boolean positions) {
        this.type = type;
        this.lastOnly = lastOnly;
        this.positions = positions;
    }

    @Override
    public List<TensorInfo> inputs() {
        List<TensorInfo> all = new ArrayList<>(List.of(info("inputs_embeds", DType.FLOAT32, 1, -1, 1),
                info("past_key_values.0.value", type, 1, 2, -1, 1), info("past_key_values.0.key", type, 1, 2, -1, 1)));
        all.add(positions
                ? info("position_ids", DType.INT64, 1, -1)
                : info("attention_mask", DType.INT64, 1, -1));
        return all;
    }

    @Override
    public List<TensorInfo> outputs() {
        return List.of(info("logits", type, 1, lastOnly ? 1 : -1, 3), info("present.0.key", type, 1, 2, -1, 1),
                info("present.0.value", type, 1, 2, -1, 1));
    }

    private static TensorInfo info(String name, DType type, long... shape) {
        return new TensorInfo(name, type, shape);
    }

    @Override
    public Binding bind(Map<String, Tensor> inputs, Map<String, Tensor> outputs) {
        Map<String, Tensor> bound = new HashMap<>(inputs);
        bound.putAll(outputs);
        return new Binding() {
            @Override
            public void run() {
                FakeDecoder.this.run(bound);
            }

            @Override
            public void rebindInput(String name, Tensor tensor) {
                bound.put(name, tensor);
            }

            @Override
            public void rebindOutput(String name, Tensor tensor) {
                bound.put(name, tensor);
            }

            @Override
            public void close() {
                bound.clear();
            }
        };
    }

    private void run(Map<String, Tensor> bound) {
        Tensor embeds = bound.get("inputs_embeds");
        int count = (int) embeds.dimension(1);
        int past = (int) bound.get("past_key_values.0.key").dimension(2);
        runs.add(past + "+" + count);
        if (positions) {
            check(bound.get("position_ids").toLongs(), past, count);
        } else if (bound.get("attention_mask").elements() != past + count) {
            throw new IllegalStateException("mask " + bound.get("attention_mask"));
        }
        for (String part : List.of("key", "value")) {
            extend(bound.get("past_key_values.0." + part), embeds, bound.get("present.0." + part), past, count);
        }
        Tensor logits = bound.get("logits");
        for (int row = 0; row < logits.dimension(1); row++) {
            for (int v = 0; v < 3; v++) {
                put(logits, row * 3 + v, v + sum(bound.get("present.0.key"), past + (lastOnly ? count : row + 1)));
            }
        }
    }

    private static void check(long[] positions, int past, int count) {
        for (int i = 0; i < count; i++) {
            if (positions.length != count || positions[i] != past + i) {
                throw new IllegalStateException("positions " + Arrays.toString(positions) + " behind " + past);
            }
        }
    }

    private void extend(Tensor past, Tensor embeds, Tensor present, int length, int count) {
        if (present.dimension(2) != length + count) {
            throw new IllegalStateException(present + " behind " + length + " for " + count);
        }
        for (int head = 0; head < 2; head++) {
            for (int i = 0; i < length + count; i++) {
                put(present, head * (length + count) + i, i < length
                        ? get(past, head * length + i)
                        : embeds.data().getAtIndex(ValueLayout.JAVA_FLOAT, i - length));
            }
        }
    }

    private float sum(Tensor keys, int until) {
        float sum = 0;
        for (int i = 0; i < until; i++) {
            sum += get(keys, i);
        }
        return sum;
    }

    private float get(Tensor tensor, int index) {
        MemorySegment data = tensor.data();
        return type == DType.FLOAT32
                ? data.getAtIndex(ValueLayout.JAVA_FLOAT, index)
                : Float.float16ToFloat(data.getAtIndex(ValueLayout.JAVA_SHORT, index));
    }

    private void put(Tensor tensor, int index, float value) {
        if (type == DType.FLOAT32) {
            tensor.data().setAtIndex(ValueLayout.JAVA_FLOAT, index, value);
        } else {
            tensor.data().setAtIndex(ValueLayout.JAVA_SHORT, index, Float.floatToFloat16(value));
        }
    }

    @Override
    public void close() {
        runs.clear();
    }
}
