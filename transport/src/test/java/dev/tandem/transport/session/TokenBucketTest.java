package dev.tandem.transport.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static final long SECOND = 1_000_000_000L;

    private static int take(TokenBucket bucket, int tries, long now) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += bucket.take(now) ? 1 : 0;
        }
        return taken;
    }

    @Test
    void givesABurstAndThenItsRate() {
        long start = Long.MAX_VALUE - 3; // the clock may wrap
        TokenBucket bucket = new TokenBucket(10, 4, start);
        assertEquals(10, take(bucket, 100, start));
        assertEquals(0, take(bucket, 100, start + SECOND / 8));
        assertEquals(2, take(bucket, 100, start + SECOND / 2));
        assertEquals(4, take(bucket, 100, start + SECOND + SECOND / 2));
        assertEquals(10, take(bucket, 100, start + 1_000 * SECOND));
    }

    @Test
    void saysHowLongWhatWasTakenTooMuchTakesToComeBack() {
        TokenBucket bucket = new TokenBucket(100, 50, 0);
        assertEquals(0, bucket.owe(100, 1_000, 0));
        assertEquals(SECOND / 50, bucket.owe(1, 1_000, 0));
        assertEquals(3 * SECOND, bucket.owe(149, 1_000, 0));
        assertEquals(0, take(bucket, 1, 3 * SECOND));
        assertEquals(1, take(bucket, 100, 3 * SECOND + SECOND / 50));
        assertEquals(SECOND / 50, bucket.owe(1, 1_000, 3 * SECOND + SECOND / 50));
    }

    @Test
    void forgivesWhatIsOwedBeyondTheMost() {
        TokenBucket bucket = new TokenBucket(100, 50, 0);
        for (int i = 0; i < 1_000; i++) {
            assertEquals(2 * SECOND, bucket.owe(300, 100, 0));
        }
        assertEquals(4 * SECOND, bucket.owe(100, 500, 0), "another may owe more");
        assertEquals(4 * SECOND, bucket.owe(100, 100, 0), "and nothing is forgiven for it");
        assertEquals(0, take(bucket, 1, 4 * SECOND));
        assertEquals(1, take(bucket, 100, 4 * SECOND + SECOND / 50));
    }

    @Test
    void giveNothingAwayToWhoAsksOften() {
        TokenBucket bucket = new TokenBucket(1, 1, 0);
        int taken = 0;
        for (long now = 0; now <= 10 * SECOND; now += SECOND / 1_000) {
            taken += take(bucket, 1, now);
        }
        assertEquals(11, taken, 1);
    }

    @Test
    void refusesWhatIsNoBucket() {
        assertThrows(IllegalArgumentException.class, () -> new TokenBucket(0, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> new TokenBucket(1, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new TokenBucket(1, Double.NaN, 0));
    }
}
