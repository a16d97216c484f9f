package dev.tandem.image.made;

/** Samples of other depths as bytes: of 16 bits the upper half, fewer are stretched. */
final class Samples {
    private Samples() {
    }

    static int byteOf(int sample, int depth) {
        return depth == 16 ? sample >> 8 : (int) Math.round(sample * 255.0 / ((1 << depth) - 1));
    }
}
