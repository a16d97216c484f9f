package dev.tandem.edge.lmm;

import dev.tandem.engine.Binding;
import dev.tandem.engine.Session;
import dev.tandem.tensor.DType;
import dev.tandem.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.Map;

/**
 * The decoder graph with one binding for all its runs. A run reads the past from one cache and writes past and new
 * positions to another, or extends one cache in place; nothing but logits is ever copied to the heap.
 */
final class Decoder implements AutoCloseable {
    private final DecoderLayout layout;
    private final Session session;
    private final Binding binding;
    private final Tensor mask;
    private final Tensor positions;
    private final Tensor logits;
    private final float[] row;
    private int rows;
    private KvCache attached;

    /** The arena and the session stay the caller's; {@code capacity} and {@code chunk} bound a run. */
    Decoder(Session session, DecoderLayout layout, Arena arena, KvCache cache, int chunk) {
        this.layout = layout;
        this.session = session;
        int capacity = cache.capacity();
        mask = Tensor.allocate(arena, DType.INT64, 1, capacity);
        positions = Tensor.allocate(arena, DType.INT64, 1, capacity);
        for (int i = 0; i < capacity; i++) {
            mask.data().setAtIndex(ValueLayout.JAVA_LONG, i, 1);
            positions.data().setAtIndex(ValueLayout.JAVA_LONG, i, i);
        }
        logits = Tensor.allocate(arena, layout.logitsType(), 1, layout.lastOnly() ? 1 : chunk, layout.vocabulary());
        row = new float[layout.vocabulary()];
        binding = bind(Tensor.allocate(arena, layout.embedsType(), 1, 1, layout.hidden()), cache);
    }

    /** Attaches a run of one position without a past; every run attaches its own memory before it starts. */
    private Binding bind(Tensor embeds, KvCache cache) {
        Map<String, Tensor> inputs = new HashMap<>(Map.of("inputs_embeds", embeds));
        Map<String, Tensor> outputs = new HashMap<>(Map.of("logits", logits.prefix(1, 1, layout.vocabulary())));
        if (layout.mask()) {
            inputs.put("attention_mask", mask.prefix(1, 1));
        }
        if (layout.positions()) {
            inputs.put("position_ids", positions.prefix(1, 1));
        }
        for (int i = 0; i < cache.parts(); i++) {
            inputs.put(layout.past().get(i), cache.view(i, 0));
            outputs.put(layout.present().get(i), cache.view(i, 1));
        }
        return session.bind(inputs, outputs);
    }

    /**
     * Runs positions {@code pastLength} to {@code pastLength + count}.
     *
     * @param embeds
     *            [1,count,hidden]
     * @param past
     *            holds {@code pastLength} positions
     * @param present
     *            gets {@code pastLength + count} positions; not the same cache
     */
    void run(Tensor embeds, KvCache past, int pastLength, KvCache present) {
        int total = pastLength + Math.toIntExact(embeds.dimension(1));
        attached = null;
        for (int i = 0; i < past.parts(); i++) {
            binding.rebindInput(layout.past().get(i), past.view(i, pastLength));
            binding.rebindOutput(layout.present().get(i), present.view(i, total));
        }
        run(embeds, pastLength, total);
    }

    /**
     * As {@link #run}, but past and present are one cache, in place: the new positions are written behind the old ones
     * and nothing else moves. Only for graphs that {@link InPlaceProbe} found able to.
     */
    void runInPlace(Tensor embeds, KvCache cache, int pastLength) {
        if (attached != cache) {
            attached = null;
            for (int i = 0; i < cache.parts(); i++) {
                binding.rebindInput(layout.past().get(i), cache.whole(i));
                binding.rebindOutput(layout.present().get(i), cache.whole(i));
            }
            attached = cache;
        }
        run(embeds, pastLength, pastLength + Math.toIntExact(embeds.dimension(1)));
    }

    private void run(Tensor embeds, int pastLength, int total) {
        int count = total - pastLength;
        binding.rebindInput("inputs_embeds", embeds);
        if (layout.mask()) {
            binding.rebindInput("attention_mask", mask.prefix(1, total));
        }
        if (layout.positions()) {
            binding.rebindInput("position_ids", Tensor.wrap(
                    positions.data().asSlice((long) pastLength * Long.BYTES, (long) count * Long.BYTES), DType.INT64, 1,
                    count));
        }
        int wanted = layout.lastOnly() ? 1 : count;
        if (wanted != rows) {
            binding.rebindOutput("logits", logits.prefix(1, wanted, layout.vocabulary()));
        }
        rows = wanted;
        binding.run();
    }

    /** Logits of the last position of the last run; the array is overwritten by the next call. */
    float[] lastLogits() {
        long start = (long) (rows - 1) * layout.vocabulary();
        MemorySegment data = logits.data();
        if (layout.logitsType() == DType.FLOAT32) {
            MemorySegment.copy(data, ValueLayout.JAVA_FLOAT, start * Float.BYTES, row, 0, row.length);
        } else {
            for (int i = 0; i < row.length; i++) {
                row[i] = Float.float16ToFloat(data.getAtIndex(ValueLayout.JAVA_SHORT, start + i));
            }
        }
        return row;
    }

    long bytes() {
        return mask.byteSize() + positions.byteSize() + logits.byteSize();
    }

    @Override
    public void close() {
        binding.close();
    }
}
