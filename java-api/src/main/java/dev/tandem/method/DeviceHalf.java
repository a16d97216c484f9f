package dev.tandem.method;

import dev.tandem.image.RgbImage;
import dev.tandem.task.Task;
import java.util.Optional;

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

    /**
     * The smaller picture that its network makes of one and looks at, where a person could look at it too. It never
     * leaves the device.
     *
     * @return empty where the method makes none
     * @throws IllegalArgumentException as {@link #look}
     */
    default Optional<RgbImage> small(RgbImage picture, Point point) {
        return Optional.empty();
    }

    @Override
    void close();
}
