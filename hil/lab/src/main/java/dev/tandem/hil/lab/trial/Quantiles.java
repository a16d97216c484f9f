package dev.tandem.hil.lab.trial;

import java.util.Arrays;

/** Sorted times in milliseconds. */
record Quantiles(double[] sorted) {

    static Quantiles of(double[] times) {
        double[] sorted = times.clone();
        Arrays.sort(sorted);
        return new Quantiles(sorted);
    }

    double at(double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.min(sorted.length - 1, share * sorted.length)];
    }

    double median() {
        return at(0.5);
    }

    double p99() {
        return at(0.99);
    }
}
