package dev.tandem.image;

import dev.tandem.tensor.Tensor;
import java.util.List;

/** Turns 8-bit pixels into the numbers that an encoder wants. Any thread. */
public final class Normalise {
    private Normalise() {
    }

    /** Writes {@code (value/255 - mean[c]) / deviation[c]} as float32 [1,3,height,width] into {@code target}. */
    public static void nchw(RgbImage image, List<Float> mean, List<Float> deviation, Tensor target) {
        throw new UnsupportedOperationException("not yet");
    }
}
