package dev.tandem.image.made;

import dev.tandem.image.RgbImage;

/**
 * A picture file with what must be read from it.
 *
 * @param what  its form, for messages
 * @param bound most that a sample may differ; 0 for lossless kinds
 */
public record Made(String what, byte[] file, RgbImage expected, int bound) {}
