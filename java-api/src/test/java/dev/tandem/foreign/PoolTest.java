package dev.tandem.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PoolTest {
    private static final class Thing implements Pool.Item {
        private final int size;
        private long bytes = 10;
        private int freed;

        Thing(int size) {
            this.size = size;
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public long bytes() {
            return bytes;
        }

        @Override
        public void free() {
            freed++;
        }

        boolean isFreed() {
            assertTrue(freed <= 1, "freed " + freed + " times");
            return freed == 1;
        }
    }

    private static List<Thing> take(Pool<Thing> pool, int count) {
        List<Thing> things = new ArrayList<>();
        IntStream.range(0, count).forEach(i -> things.add(pool.take()));
        return things;
    }

    @Test
    void givesBackTheNewestOfThatSize() {
        Pool<Thing> pool = new Pool<>(8, 1000, Thing::new);
        List<Thing> things = List.of(pool.take(3), pool.take(4), pool.take(3));
        assertEquals(4, things.get(1).size());
        things.forEach(pool::give);
        pool.give(null);
        assertSame(things.get(2), pool.take(3));
        assertSame(things.get(0), pool.take(3));
        assertNotSame(things.get(0), pool.take(3));
        assertSame(things.get(1), pool.take(4));
    }

    @Test
    void keepsExactlyAsManyAsItMayAndLetsTheOldestGo() {
        Pool<Thing> pool = new Pool<>(3, 1000, Thing::new);
        List<Thing> things = take(pool, 5);
        things.subList(0, 3).forEach(pool::give);
        assertTrue(things.stream().noneMatch(Thing::isFreed));
        pool.give(things.get(3));
        pool.give(things.get(4));
        assertEquals(List.of(true, true, false, false, false), things.stream().map(Thing::isFreed).toList());
        assertEquals(List.of(things.get(4), things.get(3), things.get(2)), take(pool, 3));
    }

    @Test
    void keepsExactlyAsManyBytesAsItMay() {
        Pool<Thing> pool = new Pool<>(8, 20, Thing::new);
        List<Thing> things = take(pool, 3);
        things.subList(0, 2).forEach(pool::give);
        assertTrue(things.stream().noneMatch(Thing::isFreed));
        things.get(2).bytes = 11;
        pool.give(things.get(2));
        assertEquals(List.of(true, true, false), things.stream().map(Thing::isFreed).toList());
        Thing large = things.get(2);
        assertSame(large, pool.take());
        large.bytes = 20;
        pool.give(large);
        assertSame(large, pool.take());
        large.bytes = 21;
        pool.give(large);
        assertTrue(large.isFreed());
    }

    @Test
    void letsGoOfWhatNobodyTookForALongTime() {
        Pool<Thing> pool = new Pool<>(8, 1000, Thing::new);
        List<Thing> things = take(pool, 3);
        things.forEach(pool::give);
        for (int i = 0; i < Pool.PATIENCE; i++) {
            pool.give(pool.take());
        }
        assertTrue(things.stream().noneMatch(Thing::isFreed));
        pool.give(pool.take());
        assertEquals(List.of(true, true, false), things.stream().map(Thing::isFreed).toList());
    }

    @Test
    void freesWhatItKeepsAndLaterWhatWasOut() {
        Pool<Thing> pool = new Pool<>(8, 1000, Thing::new);
        Thing out = pool.take();
        Thing in = pool.take();
        pool.give(in);
        pool.close();
        pool.close();
        assertTrue(in.isFreed());
        assertFalse(out.isFreed());
        pool.give(out);
        assertTrue(out.isFreed());
        assertThrows(IllegalStateException.class, pool::take);
    }

    @Test
    void needsRoomForSomething() {
        assertThrows(IllegalArgumentException.class, () -> new Pool<>(0, 1, Thing::new));
        assertThrows(IllegalArgumentException.class, () -> new Pool<>(1, -1, Thing::new));
    }
}
