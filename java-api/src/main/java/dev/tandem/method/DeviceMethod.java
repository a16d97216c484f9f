package dev.tandem.method;

import dev.tandem.image.RgbImage;
import dev.tandem.pack.OperatingPoint;

/**
 * The device half of a method: a picture in, slices out. Buffers and bindings of an operating point are made at its
 * first use and kept. One thread at a time; close on the thread that made it.
 */
public interface DeviceMethod extends AutoCloseable {
    /**
     * Encodes one picture.
     *
     * @throws IllegalArgumentException if the operating point belongs to another method or does not fit the pack
     */
    EncodedPicture encode(RgbImage image, OperatingPoint op);

    @Override
    void close();
}
