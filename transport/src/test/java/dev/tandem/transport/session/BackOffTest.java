package dev.tandem.transport.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class BackOffTest {
    @Property(tries = 500, seed = "30")
    void pausesHalfToAllOfTheDoubledTime(@ForAll @LongRange(min = 1) long a, @ForAll @LongRange(min = 1) long b,
            @ForAll long seed) {
        long first = Math.min(a, b);
        long max = Math.max(a, b);
        BackOff backOff = new BackOff(first, max, new SplittableRandom(seed));
        for (int attempt = 0; attempt < 70; attempt++) {
            assertEquals(attempt, backOff.attempt());
            long whole = BigInteger.valueOf(first).shiftLeft(attempt).min(BigInteger.valueOf(max)).longValueExact();
            long pause = backOff.nextNanos();
            assertTrue(whole / 2 <= pause && pause <= whole, "pause " + pause + " of " + whole);
        }
        backOff.reset();
        assertEquals(0, backOff.attempt());
        assertTrue(backOff.nextNanos() <= first);
    }

    @Test
    void spreadsManyDevicesOverTheSecondHalf() {
        SplittableRandom random = new SplittableRandom(31);
        long[] pauses = LongStream.range(0, 1_000).map(i -> new BackOff(1_000, 8_000, random).nextNanos()).toArray();
        for (long from = 500; from < 1_000; from += 100) {
            long low = from;
            long inTenth = LongStream.of(pauses).filter(each -> each >= low && each < low + 100).count();
            assertTrue(inTenth > 150 && inTenth < 250, inTenth + " of 1,000 devices come from " + from);
        }
    }

    @Test
    void pausesTheSameWithTheSameSeed() {
        BackOff one = new BackOff(10, 1_000_000, new SplittableRandom(5));
        BackOff other = new BackOff(10, 1_000_000, new SplittableRandom(5));
        for (int i = 0; i < 20; i++) {
            assertEquals(one.nextNanos(), other.nextNanos());
        }
    }

    @Test
    void refusesTimesThatCannotBe() {
        SplittableRandom random = new SplittableRandom(1);
        assertThrows(IllegalArgumentException.class, () -> new BackOff(0, 10, random));
        assertThrows(IllegalArgumentException.class, () -> new BackOff(11, 10, random));
    }
}
