package dev.tandem.hil.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.hil.relay.TimetableEntry.Action;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TimetableTest {
    private static final long MS = 1_000_000;
    private static final List<TimetableEntry> ENTRIES = List.of(new TimetableEntry(100, 50, Action.CUT),
            new TimetableEntry(120, 100, Action.BLOCK_UDP), new TimetableEntry(130, 0, Action.REBIND),
            new TimetableEntry(150, 0, Action.REBIND));

    @Test
    void beginsAndEndToTheNanosecond() {
        Timetable table = new Timetable(ENTRIES);
        assertFalse(table.cut(100 * MS - 1));
        assertTrue(table.cut(100 * MS));
        assertTrue(table.cut(150 * MS - 1));
        assertFalse(table.cut(150 * MS));
        assertTrue(table.udpBlocked(150 * MS));
        assertFalse(table.udpBlocked(220 * MS));
        assertEquals(0, table.rebinds(130 * MS - 1));
        assertEquals(1, table.rebinds(130 * MS));
        assertEquals(2, table.rebinds(9_000 * MS));
    }

    @Test
    void namesEveryChange() {
        Timetable table = new Timetable(ENTRIES);
        StringBuilder changes = new StringBuilder();
        for (long at = table.nextChangeNs(-1); at != Link.NEVER; at = table.nextChangeNs(at)) {
            changes.append(at / MS).append(' ');
        }
        assertEquals("100 120 130 150 220 ", changes.toString());
        assertEquals(Link.NEVER, new Timetable(List.of()).nextChangeNs(0));
    }

    @Test
    void joinsWhatIsPlannedWithWhatIsCalledFor() {
        AtomicLong now = new AtomicLong(1_000 * MS);
        Link link = new Link(Profile.CLEAN.withTimetable(ENTRIES), 1, now::get);
        assertNull(link.udpStopped(now.get()));
        assertEquals(1_100 * MS, link.nextChangeNs(now.get()));
        link.cut(Duration.ofMillis(60));
        link.cut(Duration.ofMillis(5));
        assertEquals(Outcome.CUT, link.udpStopped(now.get()));
        assertEquals(1_060 * MS, link.nextChangeNs(now.get()));
        now.set(1_160 * MS);
        assertEquals(Outcome.BLOCKED, link.udpStopped(now.get()));
        assertTrue(link.takeRebind(now.get()));
        assertFalse(link.takeRebind(now.get()));
        link.become(Profile.CLEAN.withBlockUdp(true));
        assertEquals(Outcome.BLOCKED, link.udpStopped(now.get()));
        link.blockUdp(false);
        assertNull(link.udpStopped(now.get()));
        assertEquals(Link.NEVER, link.nextChangeNs(now.get()));
    }
}
