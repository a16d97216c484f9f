package dev.tandem.method.tokens;

import dev.tandem.pack.OperatingPoint;

/** What every method asks of the operating point it is given. */
public final class PointRules {
    private PointRules() {
    }

    /**
     * Refuses a point of another method, or with more clusters than the picture has tokens.
     *
     * @throws IllegalArgumentException with the point and what was needed
     */
    public static void check(OperatingPoint op, String method, int tokens) {
        if (!op.method().equals(method)) {
            throw new IllegalArgumentException("running the method " + method + " at the operating point [" + op.name()
                    + "] of method [" + op.method() + "]; needed a point of this method");
        }
        if (op.clusters() < 0 || op.clusters() > tokens) {
            throw new IllegalArgumentException("running the operating point " + op.name() + " with [" + op.clusters()
                    + "] clusters; needed 0 to " + tokens + ", the tokens of a picture");
        }
    }
}
