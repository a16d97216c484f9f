package dev.tandem.method;

/**
 * How far off one golden vector's output is.
 *
 * @param kind        {@code graph}, {@code codec} or {@code text}
 * @param subject     graph and output, operating point, or prompt
 * @param maxAbsolute largest absolute difference
 * @param maxRelative {@code graph}: that over max(1, largest absolute stored value); {@code codec}: over the step
 * @param tolerance   what {@code maxRelative} may be
 * @param passed      whether it is, and whatever else the kind asks for holds
 * @param remark      one line for a report
 */
public record GoldenResult(String kind, String subject, double maxAbsolute, double maxRelative, double tolerance,
        boolean passed, String remark) {
    /** A vector that could not be run, or whose outcome is wrong without a distance. */
    public static GoldenResult failed(String kind, String subject, String remark) {
        return new GoldenResult(kind, subject, Double.NaN, Double.NaN, 0, false, remark);
    }

    /** A vector whose outcome is either right or wrong, and is right. */
    public static GoldenResult exact(String kind, String subject, String remark) {
        return new GoldenResult(kind, subject, 0, 0, 0, true, remark);
    }
}
