package dev.tandem.hil.report;

import java.util.Locale;

/** Numbers as tables show them, with a point. */
public final class Numbers {
    private static final double PERCENT = 100;

    private Numbers() {
    }

    /** {@code 12.3}. */
    public static String one(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    /** {@code 1.23}. */
    public static String two(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    /** {@code 12}. */
    public static String whole(double value) {
        return String.format(Locale.ROOT, "%.0f", value);
    }

    /** A share as {@code 45.6}. */
    public static String percent(double share) {
        return one(share * PERCENT);
    }

    /** A difference of shares as {@code +1.2}. */
    public static String signed(double share) {
        return String.format(Locale.ROOT, "%+.1f", share * PERCENT);
    }

    /** {@code 44.1 to 47.0}; empty for null. */
    public static String range(Interval interval) {
        return interval == null ? "" : percent(interval.low()) + " to " + percent(interval.high());
    }

    /** {@code -1.0 to +0.3}; empty for null. */
    public static String signedRange(Interval interval) {
        return interval == null ? "" : signed(interval.low()) + " to " + signed(interval.high());
    }
}
