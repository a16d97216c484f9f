package dev.tandem.pack;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Operating points named by their knobs, so that both ends build the same one from the name (docs/pack.md section 4). */
final class AdHocPoint {
    static final String FORMS = "[raw, raw-c16, jpeg-q30, jpeg-q30-c16, webp-q30, webp-q30-c16]";
    private static final Pattern FORM = Pattern.compile("(raw|(jpeg|webp)-q(\\d{1,3}))(?:-c(\\d{1,4}))?");

    private AdHocPoint() {
    }

    /** The point that {@code name} spells, if it has one of the forms and its numbers are in range. */
    static Optional<OperatingPoint> parse(String name) {
        Matcher matcher = FORM.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int clusters = matcher.group(4) == null ? 0 : Integer.parseInt(matcher.group(4));
        if (matcher.group(2) == null) {
            return canonical(OperatingPoint.raw(clusters), name);
        }
        int quality = Integer.parseInt(matcher.group(3));
        return quality < 1 || quality > 100
                ? Optional.empty()
                : canonical(OperatingPoint.image(matcher.group(2), quality, clusters), name);
    }

    // "raw-c0" and "jpeg-q05" are not names: one point has one name.
    private static Optional<OperatingPoint> canonical(OperatingPoint point, String name) {
        return point.name().equals(name) ? Optional.of(point) : Optional.empty();
    }
}
