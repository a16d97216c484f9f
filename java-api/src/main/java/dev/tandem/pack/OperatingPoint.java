package dev.tandem.pack;

/**
 * A method with its knobs (docs/pack.md section 4). Equal by value, so that it may key buffers and bindings.
 *
 * @param id         1 to 255 in a manifest, 0 for an ad hoc point
 * @param method     {@code tofc}, {@code raw} or {@code image}
 * @param clusters   tokens after merging; 0 keeps all
 * @param neighbours K of DPC-KNN
 * @param step       quantiser step in token units ({@code tofc})
 * @param scaleShift added to the scale logit ({@code tofc})
 * @param format     {@code jpeg} or {@code webp} ({@code image}), else null
 * @param quality    1 to 100 ({@code image}), else 0
 * @param slices     cut a picture into at least this many slices; 0: as few as the payload limit allows ({@code tofc})
 */
public record OperatingPoint(int id, String name, String method, int clusters, int neighbours, float step,
        int scaleShift, String format, int quality, int slices) {
    /** K of DPC-KNN where a manifest or an ad hoc name is silent (spec Part B). */
    public static final int DEFAULT_NEIGHBOURS = 5;

    /** An absent neighbour count becomes the default. */
    public OperatingPoint {
        neighbours = neighbours == 0 ? DEFAULT_NEIGHBOURS : neighbours;
    }

    /** The learned codec at a cluster count and step. */
    public static OperatingPoint tofc(int id, String name, int clusters, float step, int scaleShift) {
        return new OperatingPoint(id, name, "tofc", clusters, 0, step, scaleShift, null, 0, 0);
    }

    /** Uncoded float16 tokens: all of them (0 clusters) or merged ones. */
    public static OperatingPoint raw(int clusters) {
        return new OperatingPoint(0, clusters == 0 ? "raw" : "raw-c" + clusters, "raw", clusters, 0, 0, 0, null, 0, 0);
    }

    /** The picture itself, coded by {@code format} at {@code quality}; the edge merges to {@code clusters} (0: all). */
    public static OperatingPoint image(String format, int quality, int clusters) {
        String name = format + "-q" + quality + (clusters == 0 ? "" : "-c" + clusters);
        return new OperatingPoint(0, name, "image", clusters, 0, 0, 0, format, quality, 0);
    }

    /** The same, cut into at least so many slices: more bytes, and a lost packet takes fewer tokens. An edge decodes any cut. */
    public OperatingPoint withSlices(int count) {
        return new OperatingPoint(id, name, method, clusters, neighbours, step, scaleShift, format, quality, count);
    }
}
