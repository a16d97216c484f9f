package dev.tandem.edge.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.tandem.method.HeadSection;
import dev.tandem.method.Reading;
import dev.tandem.method.Tally;
import dev.tandem.pack.Pack;
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

    @Test
    void whoSendsManyPicturesForgetsItsOwn() {
        Readings readings = new Readings(4, 100);
        for (String name : List.of("polite 1", "greedy 1", "greedy 2", "polite 2", "greedy 3", "greedy 4",
                "greedy 5")) {
            keep(readings, name, 10);
        }
        assertEquals(List.of("greedy 1", "greedy 2", "greedy 3"), closed);
        assertNotNull(readings.find(key("polite 1")));
        keep(readings, "greedy 6", 90);
        assertEquals(List.of("greedy 1", "greedy 2", "greedy 3", "greedy 4", "polite 2", "greedy 5"), closed);
    }

    /** What one device sent is not kept for another, not even for one that sent the same. */
    @Test
    void aPictureIsItsDevicesAndNoPictureIsNobodys() {
        Offer offer = Offer.of(Pack.open(EdgeRig.PACK), EdgeRig.ALL);
        HeadSection<?> head = offer.heads().all().getFirst();
        Task task = new Task.Question("?", 0);
        Request.Picture picture = new Request.Picture(
                new PictureKey.Maker(offer.point(0, "raw-c16"), 1, 1).key(), null, 0);
        assertNotEquals(new Request("a", head, task, picture, 0).key(), new Request("b", head, task, picture, 0).key());
        assertEquals(new Request("a", head, task, picture, 0).key(), new Request("a", head, task, picture, 9).key());
        assertEquals(new Request("a", head, task, null, 0).key(), new Request("b", head, task, null, 0).key());
    }

    private void keep(Readings readings, String name, long bytes) {
        readings.makeRoom(key(name), 1);
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
        return new Seen.Key(name.split(" ")[0], "head of " + name, null);
    }
}
