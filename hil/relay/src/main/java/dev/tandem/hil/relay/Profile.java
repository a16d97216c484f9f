package dev.tandem.hil.relay;

import java.util.List;

/**
 * What a link is like, and what happens to it. Files of it are YAML: docs/relay.md; {@link Profiles} reads them.
 *
 * @param description
 *            one line for people
 * @param up
 *            from the client to the server; null: without faults
 * @param down
 *            from the server to the client; null: without faults
 * @param blockUdp
 *            no UDP passes
 * @param timetable
 *            what happens when, at most 10,000 entries; null: nothing
 */
public record Profile(String description, LaneProfile up, LaneProfile down, boolean blockUdp,
        List<TimetableEntry> timetable) {
    /** A link without faults. */
    public static final Profile CLEAN = both(LaneProfile.CLEAN);

    private static final int MOST_ENTRIES = 10_000;

    /** Checks the ranges. */
    public Profile {
        description = description == null ? "" : description;
        up = up == null ? LaneProfile.CLEAN : up;
        down = down == null ? LaneProfile.CLEAN : down;
        timetable = timetable == null ? List.of() : timetable;
        Check.range("timetable entries", timetable.size(), 0, MOST_ENTRIES);
        if (timetable.stream().anyMatch(java.util.Objects::isNull)) {
            throw new IllegalArgumentException("timetable: an entry is empty, needed atMs and do");
        }
        timetable = List.copyOf(timetable);
    }

    /** The same in both directions, and nothing happens. */
    public static Profile both(LaneProfile lane) {
        return new Profile("", lane, lane, false, List.of());
    }

    /** Two directions, and nothing happens. */
    public static Profile of(LaneProfile up, LaneProfile down) {
        return new Profile("", up, down, false, List.of());
    }

    /** The same with another timetable. */
    public Profile withTimetable(List<TimetableEntry> entries) {
        return new Profile(description, up, down, blockUdp, entries);
    }

    /** The same with UDP blocked or not. */
    public Profile withBlockUdp(boolean block) {
        return new Profile(description, up, down, block, timetable);
    }

    /** What one direction is like. */
    public LaneProfile lane(Way way) {
        return way == Way.UP ? up : down;
    }
}
