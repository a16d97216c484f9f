package dev.tandem.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GraphFileTest {
    private static final Path FILE = Path.of("pack", "encoder.onnx");
    private static final String HASH = "0123456789abcdef".repeat(4);

    private static GraphFile ranged(long[]... range) {
        return new GraphFile("encoder", FILE, HASH, Map.of(), Map.of("x", range));
    }

    @Test
    void rangesCannotBeChangedFromOutside() {
        long[] min = {1, 3};
        GraphFile graph = ranged(min, new long[]{2, 3}, new long[]{8, 3});
        min[0] = 5;
        graph.ranges().get("x")[2][0] = 9;
        assertArrayEquals(new long[][]{{1, 3}, {2, 3}, {8, 3}}, graph.ranges().get("x"));
        assertEquals("[encoder] of " + FILE, graph.toString());
    }

    @Test
    void refusesRangesAndHashesThatAreNone() {
        long[] one = {1};
        assertThrows(IllegalArgumentException.class, () -> ranged(one, one));
        assertThrows(IllegalArgumentException.class, () -> ranged(one, one, new long[]{1, 1}));
        assertThrows(IllegalArgumentException.class, () -> ranged(one, new long[]{0}, one));
        assertThrows(IllegalArgumentException.class, () -> ranged(one, new long[]{2}, one));
        assertThrows(IllegalArgumentException.class, () -> ranged(new long[]{-1}, one, one));
        for (String wrong : new String[]{"abc", HASH.toUpperCase(java.util.Locale.ROOT), HASH + "0"}) {
            assertThrows(IllegalArgumentException.class,
                    () -> new GraphFile("encoder", FILE, wrong, Map.of(), Map.of()));
        }
    }

    @Test
    void aFileAloneHasNeitherHashNorRanges() {
        GraphFile graph = GraphFile.of(FILE);
        assertEquals("encoder.onnx", graph.name());
        assertTrue(graph.sha256().isEmpty() && graph.ranges().isEmpty());
    }
}
