package dev.tandem.image;

import dev.tandem.tensor.DType;
import dev.tandem.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;

/** Turns 8-bit pixels into the numbers that an encoder wants. Any thread. */
public final class Normalise {
    private Normalise() {
    }

    /**
     * Writes {@code (value/255 - mean[c]) / deviation[c]}, in float32, into {@code target}.
     *
     * @param target float32 [1,3,height,width] of the picture's size, in memory that the CPU may write
     * @throws IllegalArgumentException if the target has another dtype or shape, or there are not three of each number
     */
    public static void nchw(RgbImage image, List<Float> mean, List<Float> deviation, Tensor target) {
        long[] shape = {1, 3, image.height(), image.width()};
        if (target.dtype() != DType.FLOAT32 || !Arrays.equals(target.shape(), shape)
                || !target.kind().hostReadable() || mean.size() != 3 || deviation.size() != 3) {
            throw new IllegalArgumentException("normalising a picture of " + image.width() + " x " + image.height()
                    + " into [" + target + "] with mean " + mean + " and deviation " + deviation
                    + "; needed a FLOAT32 host tensor of shape " + Arrays.toString(shape) + " and three of each");
        }
        int plane = image.width() * image.height();
        float[] level = new float[256];
        MemorySegment data = target.data();
        for (int c = 0; c < 3; c++) {
            for (int v = 0; v < 256; v++) {
                level[v] = (v / 255f - mean.get(c)) / deviation.get(c);
            }
            for (int i = 0; i < plane; i++) {
                data.setAtIndex(ValueLayout.JAVA_FLOAT, (long) c * plane + i, level[image.rgb()[i * 3 + c] & 0xff]);
            }
        }
    }
}
