package dev.tandem.transport.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.session.KeepAlive.Kind;
import dev.tandem.transport.session.KeepAlive.Verdict;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Times in milliseconds, made nanoseconds; clocks that wrap. */
class KeepAliveTest {
    private static final long MS = 1_000_000L;
    private static final long PING = 1_000 * MS;
    private static final long DEAD = 4_000 * MS;
    private static final int FLOOR = 8_000;
    private static final long START = Long.MAX_VALUE - 2_500 * MS;

    @Property(tries = 300, seed = "32")
    void takesASilentEdgeForDeadExactlyInTime(@ForAll @LongRange(max = 200_000) long bytes,
            @ForAll @IntRange(max = 900) int writtenMs) {
        KeepAlive keepAlive = new KeepAlive(PING, DEAD, FLOOR);
        long patience = DEAD + bytes * 1_000 * MS / FLOOR;
        long lastWrite = START + writtenMs * MS;
        long now = START;
        for (Verdict verdict; (verdict = keepAlive.check(now, START, lastWrite, bytes)).kind() != Kind.DEAD;) {
            assertTrue(verdict.waitNanos() > 0, "a timer would spin");
            if (verdict.kind() == Kind.PING) {
                lastWrite = now;
            }
            now += verdict.waitNanos();
            assertTrue(now - lastWrite <= PING, "nothing written for " + (now - lastWrite) + " ns");
        }
        assertEquals(patience, now - START, 1_000);
    }

    @Property(tries = 300, seed = "33")
    void keepsALiveEdgeHoweverTheTrafficGoes(@ForAll @IntRange(min = 1, max = 2_900) int answerMs,
            @ForAll @Size(max = 40) List<@IntRange(max = 3_000) Integer> writes) {
        KeepAlive keepAlive = new KeepAlive(PING, DEAD, FLOOR);
        long elapsed = 0;
        long lastRead = 0;
        long lastWrite = 0;
        long answer = -1;
        long nextWrite = 0;
        int written = 0;
        for (int look = 0; look < 500; look++) {
            if (answer >= 0 && answer <= elapsed) {
                lastRead = answer;
                answer = -1;
            }
            if (written < writes.size() && nextWrite <= elapsed) { // words of ours that ask for no answer
                lastWrite = elapsed;
                nextWrite += writes.get(written++) * MS;
            }
            Verdict verdict = keepAlive.check(START + elapsed, START + lastRead, START + lastWrite, 0);
            assertNotEquals(Kind.DEAD, verdict.kind(), "silent for " + (elapsed - lastRead) / MS + " ms");
            if (verdict.kind() == Kind.PING) {
                lastWrite = elapsed;
                answer = answer < 0 ? elapsed + answerMs * MS : answer;
            }
            assertTrue(answer >= 0 || elapsed - lastRead < PING, "silence and nobody has asked");
            elapsed += Math.min(verdict.waitNanos(), 50 * MS);
        }
    }

    @Test
    void asksOnceDuringAnUploadThatNobodyAnswers() {
        KeepAlive keepAlive = new KeepAlive(PING, DEAD, FLOOR);
        int pings = 0;
        for (long now = 0; now < 3_900 * MS; now += 10 * MS) { // written all the time
            if (keepAlive.check(now, 0, now, 0).kind() == Kind.PING) {
                assertEquals(PING, now);
                pings++;
            }
        }
        assertEquals(1, pings);
        long read = 3_900 * MS;
        assertEquals(new Verdict(Kind.WAIT, PING), keepAlive.check(read, read, read, 0));
        assertEquals(Kind.PING, keepAlive.check(read + PING, read, read + PING, 0).kind(), "the first was answered");
    }

    @Test
    void looksAgainWhenSomethingCanHaveChanged() {
        KeepAlive keepAlive = new KeepAlive(PING, DEAD, FLOOR);
        assertEquals(new Verdict(Kind.WAIT, 300 * MS), keepAlive.check(700 * MS, 0, 500 * MS, 0), "silence asks first");
        assertEquals(new Verdict(Kind.PING, PING), keepAlive.check(PING, 0, 500 * MS, 0));
        assertEquals(new Verdict(Kind.WAIT, 900 * MS), keepAlive.check(1_100 * MS, 0, PING, 0));
        assertEquals(new Verdict(Kind.PING, 500 * MS), keepAlive.check(3_500 * MS, 0, 2_000 * MS, 0),
                "death comes first");
        assertEquals(new Verdict(Kind.WAIT, 200 * MS), keepAlive.check(3_800 * MS, 0, 3_700 * MS, 0));
        assertEquals(new Verdict(Kind.DEAD, 0), keepAlive.check(DEAD, 0, 3_500 * MS, 0));
    }

    @Test
    void takesAPingForBothDirections() {
        KeepAlive keepAlive = new KeepAlive(PING, DEAD, FLOOR);
        assertEquals(Kind.PING, keepAlive.check(PING, 500 * MS, 0, 0).kind(), "nothing written");
        assertEquals(new Verdict(Kind.WAIT, 500 * MS), keepAlive.check(1_500 * MS, 500 * MS, PING, 0), "asked already");
    }

    @Test
    void doesNotWrapOverManyBytes() {
        for (long bytes : new long[]{1L << 40, Long.MAX_VALUE}) {
            assertNotEquals(Kind.DEAD, new KeepAlive(PING, DEAD, 1).check(DEAD, 0, DEAD, bytes).kind());
        }
    }
}
