package dev.tandem.hil.report;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.HashMap;
import java.util.Map;

/** An estimate with its 95 % interval, all as fractions. */
@JsonPropertyOrder({"value", "low", "high"})
public record Interval(double value, double low, double high) {
    private static final double Z = 1.959963984540054;

    /** Wilson's interval for a proportion; nothing asked gives the whole range. */
    public static Interval wilson(int right, int asked) {
        if (asked == 0) {
            return new Interval(Double.NaN, 0, 1);
        }
        double share = (double) right / asked;
        double square = Z * Z / asked;
        double centre = (share + square / 2) / (1 + square);
        double half = Z / (1 + square) * Math.sqrt(share * (1 - share) / asked + square / (4 * asked));
        return new Interval(share, Math.max(0, centre - half), Math.min(1, centre + half));
    }

    /**
     * The mean of differences by question, with an interval that knows that questions about the same picture go
     * together (the picture is the cluster of a cluster-robust variance; with one question a picture it is the usual
     * one).
     *
     * @param differences
     *            -1, 0 or 1 a question
     * @param clusters
     *            the picture of each
     */
    public static Interval paired(int[] differences, String[] clusters) {
        int asked = differences.length;
        double mean = 0;
        for (int difference : differences) {
            mean += (double) difference / asked;
        }
        Map<String, Double> sums = new HashMap<>();
        for (int i = 0; i < asked; i++) {
            sums.merge(clusters[i], differences[i] - mean, Double::sum);
        }
        int groups = sums.size();
        if (groups < 2) {
            return new Interval(asked == 0 ? Double.NaN : mean, -1, 1);
        }
        double squares = sums.values().stream().mapToDouble(sum -> sum * sum).sum();
        double half = Z * Math.sqrt(squares * groups / (groups - 1)) / asked;
        return new Interval(mean, Math.max(-1, mean - half), Math.min(1, mean + half));
    }
}
