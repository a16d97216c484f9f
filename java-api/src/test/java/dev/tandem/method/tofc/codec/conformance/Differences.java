package dev.tandem.method.tofc.codec.conformance;

import java.util.Arrays;
import java.util.Objects;

/** Says where two results that must be the same are not. For programs that run without a test framework too. */
final class Differences {
    private Differences() {
    }

    /** Arrays are compared element by element, floats by their bits. */
    static void none(String where, Object expected, Object found) {
        if (!Objects.deepEquals(expected, found)) {
            throw new AssertionError(where + ": expected " + words(expected) + ", found " + words(found));
        }
    }

    private static String words(Object value) {
        String all = Arrays.deepToString(new Object[]{value});
        return all.length() < 2000 ? all : all.substring(0, 2000) + "...";
    }
}
