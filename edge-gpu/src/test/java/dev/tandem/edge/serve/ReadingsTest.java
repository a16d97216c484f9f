package dev.tandem.edge.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.tandem.method.Reading;
import dev.tandem.method.Tally;
import dev.tandem.task.Sink;
import dev.tandem.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadingsTest {
    private final List<String> closed = new ArrayList<>();

    @Test
    void theOneUsedLongestAgoGoesFirst() {
        Readings readings = new Readings(2, Long.MAX_VALUE);
        keep(readings, "a", 1);
        keep(readings, "b", 1);
        assertNotNull(readings.find(key("a")));
        keep(readings, "c", 1);
        assertEquals(List.of("b"), closed);
        assertNull(readings.find(key("b")));
        readings.close();
        assertEquals(List.of("b", "a", "c"), closed);
    }

    @Test
    void togetherTheyHoldNoMoreThanTheyMay() {
        Readings readings = new Readings(8, 100);
        keep(readings, "a", 60);
        keep(readings, "b", 40);
        assertEquals(100, readings.bytes());
        keep(readings, "c", 30);
        assertEquals(List.of("a"), closed);
        keep(readings, "too large", 101);
        assertEquals(List.of("a", "b", "c"), closed);
        assertEquals(1, readings.size());
    }

    private void keep(Readings readings, String name, long bytes) {
        readings.makeRoom();
        readings.keep(key(name), new Seen(new Reading() {
            @Override
            public Tally answer(Task task, Sink sink) {
                throw new AssertionError("not asked");
            }

            @Override
            public long bytes() {
                return bytes;
            }

            @Override
            public Map<String, Long> stageNanos() {
                return Map.of();
            }

            @Override
            public void close() {
                closed.add(name);
            }
        }, 1, 1));
    }

    private static Seen.Key key(String name) {
        return new Seen.Key(name, "head", null);
    }
}
