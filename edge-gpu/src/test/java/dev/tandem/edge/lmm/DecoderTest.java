package dev.tandem.edge.lmm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.tensor.DType;
import dev.tandem.tensor.Tensor;
import dev.tandem.tensor.TensorInfo;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Forms of decoder graphs that exports differ in: cache type, rows of logits, mask or positions. */
class DecoderTest {
    @ParameterizedTest
    @CsvSource({"FLOAT32,true,true", "FLOAT32,true,false", "FLOAT32,false,true", "FLOAT16,false,false",
            "FLOAT16,true,true"})
    void everyRunSeesTheWholePast(DType type, boolean lastOnly, boolean positions) {
        FakeDecoder graph = new FakeDecoder(type, lastOnly, positions);
        DecoderLayout layout = DecoderLayout.of(graph.inputs(), graph.outputs());
        try (Arena arena = Arena.ofConfined()) {
            KvCache even = KvCache.allocate(arena, layout, 16);
            KvCache odd = KvCache.allocate(arena, layout, 16);
            KvCache exact = KvCache.allocate(arena, layout, 3);
            Decoder decoder = new Decoder(graph, layout, arena, even, 8);
            decoder.run(embeds(arena, 1, 2, 3), even, 0, exact);
            assertArrayEquals(new float[]{6, 7, 8}, decoder.lastLogits());
            decoder.run(embeds(arena, 4), exact, 3, odd);
            decoder.run(embeds(arena, 5, 6), odd, 4, even);
            assertArrayEquals(new float[]{21, 22, 23}, decoder.lastLogits());
            decoder.run(embeds(arena, 10), exact, 3, odd);
            assertArrayEquals(new float[]{16, 17, 18}, decoder.lastLogits());
            assertEquals(List.of("0+3", "3+1", "4+2", "3+1"), graph.runs);
            decoder.close();
        }
    }

    @Test
    void theLayoutIsReadFromNamesAndShapesInAnyOrder() {
        FakeDecoder graph = new FakeDecoder(DType.FLOAT16, false, true);
        DecoderLayout layout = DecoderLayout.of(graph.inputs(), graph.outputs());
        assertEquals(List.of("past_key_values.0.key", "past_key_values.0.value"), layout.past());
        assertEquals(List.of("present.0.key", "present.0.value"), layout.present());
        assertEquals(1, layout.layers());
        assertEquals(2 * 2 * 2, layout.bytesPerToken());
        assertTrue(layout.positions() && !layout.mask() && !layout.lastOnly());
    }

    @Test
    void aGraphOfAnotherFormIsRefusedWithWhatItHas() {
        FakeDecoder graph = new FakeDecoder(DType.FLOAT32, true, true);
        List<TensorInfo> extra = new ArrayList<>(graph.inputs());
        extra.add(new TensorInfo("use_cache_branch", DType.BOOL, new long[]{1}));
        var unknown = assertThrows(IllegalArgumentException.class, () -> DecoderLayout.of(extra, graph.outputs()));
        assertTrue(unknown.getMessage().contains("[use_cache_branch BOOL[1]]"), unknown.getMessage());
        List<TensorInfo> gap = new ArrayList<>(graph.inputs());
        gap.add(new TensorInfo("past_key_values.7.key", DType.FLOAT32, new long[]{1, 2, -1, 1}));
        assertThrows(IllegalArgumentException.class, () -> DecoderLayout.of(gap, graph.outputs()));
        assertThrows(IllegalArgumentException.class, () -> DecoderLayout.of(graph.inputs(), List.of()));
        List<TensorInfo> open = List.of(new TensorInfo("logits", DType.FLOAT32, new long[]{1, 1, -1}),
                graph.outputs().get(1), graph.outputs().get(2));
        var vocabulary = assertThrows(IllegalArgumentException.class, () -> DecoderLayout.of(graph.inputs(), open));
        assertTrue(vocabulary.getMessage().contains("logits FLOAT32[1, 1, -1]"), vocabulary.getMessage());
    }

    private static Tensor embeds(Arena arena, float... values) {
        Tensor tensor = Tensor.allocate(arena, DType.FLOAT32, 1, values.length, 1);
        tensor.setFloats(values);
        return tensor;
    }
}
