package dev.tandem.method;

import dev.tandem.image.RgbImage;
import dev.tandem.task.Task;

/**
 * The device half of a method: a picture in, slices out, or an answer. Buffers and bindings of an operating point are
 * made at its first use and kept. One thread at a time; close on the thread that made it.
 */
public interface DeviceHalf extends AutoCloseable {
    /**
     * Looks at one picture.
     *
     * @throws IllegalArgumentException if the operating point belongs to another method or does not fit the pack
     */
    Look look(RgbImage picture, Point point, Task task);

    @Override
    void close();
}
