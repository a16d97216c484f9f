package dev.tandem.pack;

import java.util.List;

/**
 * How a picture becomes the encoder's input, {@code width x height} with antialiased bilinear, then
 * {@code (value/255 - mean[c]) / deviation[c]}, NCHW (docs/pack.md section 1).
 *
 * @param fit {@code squash}: both sides at once, the aspect ratio is not kept; {@code crop}: scaled until the shorter
 *        side
 *            is {@code resize}, then the middle is taken
 * @param resize shorter side before the crop, px, at least the larger of width and height; 0 for {@code squash}
 */
public record Preprocessing(int width, int height, String fit, int resize, List<Float> mean, List<Float> deviation) {
    public static final String SQUASH = "squash";
    public static final String CROP = "crop";

    /** Lists are copied; an absent one becomes empty, which the loader refuses. */
    public Preprocessing {
        mean = mean == null ? List.of() : List.copyOf(mean);
        deviation = deviation == null ? List.of() : List.copyOf(deviation);
    }
}
