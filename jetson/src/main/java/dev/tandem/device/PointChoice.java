package dev.tandem.device;

import dev.tandem.pack.OperatingPoint;
import dev.tandem.pack.Pack;

/** Which operating point a command line means. */
final class PointChoice {
    private PointChoice() {
    }

    /**
     * @param name
     *            a point of the pack or an ad hoc one such as {@code raw-c16} or {@code jpeg-q30}; null: the method's first
     * @param method
     *            null: whatever the name says, or the pack's default
     * @throws IllegalArgumentException
     *             if the two contradict each other or the pack has no such point
     */
    static OperatingPoint of(Pack pack, String name, String method) {
        if (name == null && method == null)
            return pack.defaultOperatingPoint();
        OperatingPoint point = name == null ? first(pack, method) : pack.operatingPoint(name);
        if (method != null && !point.method().equals(method))
            throw new IllegalArgumentException("the operating point [" + point.name() + "] belongs to the method ["
                    + point.method() + "], not to [" + method + "]; leave out --method or name another point");
        return point;
    }

    private static OperatingPoint first(Pack pack, String method) {
        if (pack.defaultOperatingPoint().method().equals(method))
            return pack.defaultOperatingPoint();
        return pack.manifest().operatingPoints().stream().filter(p -> p.method().equals(method)).findFirst()
                .orElseGet(() -> switch (method) {
                    case "raw" -> pack.operatingPoint("raw");
                    case "image" -> pack.operatingPoint("jpeg-q75");
                    default -> throw new IllegalArgumentException("the pack [" + pack.manifest().name()
                            + "] has no operating point of the method [" + method + "]");
                });
    }
}
