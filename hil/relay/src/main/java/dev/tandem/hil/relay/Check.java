package dev.tandem.hil.relay;

import java.util.Locale;

/** Ranges of what a profile says. A number that is not one is outside of every range. */
final class Check {
    private Check() {
    }

    static void range(String key, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "%s is [%s], needed [%s] to [%s]", key, plain(value), plain(least),
                            plain(most)));
        }
    }

    static void probability(String key, double value) {
        range(key, value, 0, 1);
    }

    private static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
