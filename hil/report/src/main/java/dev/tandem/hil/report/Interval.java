package dev.tandem.hil.report;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
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
        return wilson((double) right / asked, asked);
    }

    private static Interval wilson(double share, double asked) {
        double square = Z * Z / asked;
        double centre = (share + square / 2) / (1 + square);
        double half = Z / (1 + square) * Math.sqrt(share * (1 - share) / asked + square / (4 * asked));
        return new Interval(share, Math.max(0, centre - half), Math.min(1, centre + half));
    }

    /**
     * A share of questions that go together by picture: Wilson's interval for as many independent questions as would
     * leave the same variance (the cluster-robust one; Dean and Pagano 2015), at most those asked. Where all or none
     * are right there is no variance to see, and each picture counts as one question.
     *
     * @param right whether each question is
     * @param clusters the picture of each
     */
    public static Interval share(boolean[] right, String[] clusters) {
        int asked = right.length;
        if (asked == 0) {
            return wilson(0, 0);
        }
        int count = 0;
        for (boolean one : right) {
            count += one ? 1 : 0;
        }
        double share = (double) count / asked;
        double[] influences = new double[asked];
        for (int i = 0; i < asked; i++) {
            influences[i] = ((right[i] ? 1 : 0) - share) / asked;
        }
        double variance = variance(influences, clusters);
        double effective = variance > 0 ? share * (1 - share) / variance : groups(clusters);
        return wilson(share, Math.clamp(effective, 1, asked));
    }

    /**
     * An estimate from questions that go together by picture, with the interval of its cluster-robust variance.
     *
     * @param influences how much each question moves the estimate off its value; they sum to 0
     * @param clusters the picture of each
     * @param least that the estimate can be
     * @param most that it can be: with fewer than two pictures that is all that is known
     */
    public static Interval clustered(double value, double[] influences, String[] clusters, double least,
            double most) {
        if (groups(clusters) < 2) {
            return new Interval(influences.length == 0 ? Double.NaN : value, least, most);
        }
        double half = Z * Math.sqrt(variance(influences, clusters));
        return new Interval(value, Math.max(least, value - half), Math.min(most, value + half));
    }

    private static double variance(double[] influences, String[] clusters) {
        Map<String, Double> sums = new HashMap<>();
        for (int i = 0; i < influences.length; i++) {
            sums.merge(clusters[i], influences[i], Double::sum);
        }
        double squares = sums.values().stream().mapToDouble(sum -> sum * sum).sum();
        return sums.size() < 2 ? 0 : squares * sums.size() / (sums.size() - 1);
    }

    private static int groups(String[] clusters) {
        return new HashSet<>(Arrays.asList(clusters)).size();
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
        double[] influences = new double[asked];
        for (int i = 0; i < asked; i++) {
            influences[i] = (differences[i] - mean) / asked;
        }
        return clustered(mean, influences, clusters, -1, 1);
    }
}
