package dev.tandem.pack;

import java.util.List;

/**
 * How a picture becomes the encoder's input: squash to {@code width x height} with antialiased bilinear, then
 * {@code (value/255 - mean[c]) / deviation[c]}, NCHW (docs/pack.md section 1).
 */
public record Preprocessing(int width, int height, List<Float> mean, List<Float> deviation) {
    /** Lists are copied; an absent one becomes empty, which the loader refuses. */
    public Preprocessing {
        mean = mean == null ? List.of() : List.copyOf(mean);
        deviation = deviation == null ? List.of() : List.copyOf(deviation);
    }
}
