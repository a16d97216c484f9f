package dev.tandem.hil.report;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/** Quantiles of some values; NaN where there are none. Immutable. */
public final class Quantiles {
    private static final double P99 = 0.99;

    private final double[] sorted;

    private Quantiles(double[] sorted) {
        this.sorted = sorted;
    }

    /** Of values in any order; the array is copied. */
    public static Quantiles of(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Quantiles(sorted);
    }

    /** Of the values of a stream. */
    public static Quantiles of(DoubleStream values) {
        return new Quantiles(values.sorted().toArray());
    }

    /** How many values there are. */
    public int size() {
        return sorted.length;
    }

    /** The smallest value that at least this share of all does not exceed. */
    public double at(double share) {
        int rank = (int) Math.ceil(share * sorted.length) - 1;
        return sorted.length == 0 ? Double.NaN : sorted[Math.clamp(rank, 0, sorted.length - 1)];
    }

    /** The middle one, or the mean of the two in the middle. */
    public double median() {
        return sorted.length == 0 ? Double.NaN : (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    public double p99() {
        return at(P99);
    }
}
