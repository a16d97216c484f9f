package dev.tandem.hil.lab.sharing;

/**
 * One number of an attack's results.
 *
 * @param measure what was measured, with its unit
 * @param value what was found
 * @param most what it may be at most; NaN where it is only told
 * @param timed whether a busy machine alone can break it
 */
public record Criterion(String measure, double value, double most, boolean timed) {
    static Criterion told(String measure, double value) {
        return new Criterion(measure, value, Double.NaN, false);
    }

    static Criterion atMost(String measure, double value, double most) {
        return new Criterion(measure, value, most, false);
    }

    /** A bound on speed: reported, but no test asserts it. */
    static Criterion timed(String measure, double value, double most) {
        return new Criterion(measure, value, most, true);
    }

    /** Whether something was to be reached. */
    public boolean bounded() {
        return !Double.isNaN(most);
    }

    /** Whether it was; true for what is only told. */
    public boolean reached() {
        return !bounded() || value <= most;
    }
}
