package dev.tandem.hil.lab.sharing;

/**
 * One number of an attack's results.
 *
 * @param measure what was measured, with its unit
 * @param value what was found
 * @param most what it may be at most; NaN where it is only told
 */
public record Criterion(String measure, double value, double most) {
    static Criterion told(String measure, double value) {
        return new Criterion(measure, value, Double.NaN);
    }

    static Criterion atMost(String measure, double value, double most) {
        return new Criterion(measure, value, most);
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
