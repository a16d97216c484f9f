package dev.tandem.device;

import dev.tandem.image.RgbImage;
import dev.tandem.method.Point;
import dev.tandem.task.Task;
import java.time.Duration;
import java.util.Objects;

/**
 * What a device is asked. Immutable; start from {@link #about} or {@link #of} and change with the withers.
 *
 * @param picture null for a task without one; not copied, leave it alone until the answer is there
 * @param task what is wanted
 * @param point how the picture is sent; null: the pack's default
 * @param head which of the edge's heads shall answer; empty: the pack's first that answers the task
 * @param deadline from the call to the end of the answer; zero: the edge's longest
 */
public record DeviceRequest(RgbImage picture, Task task, Point point, String head, Duration deadline) {
    public DeviceRequest {
        Objects.requireNonNull(task, "task");
        Objects.requireNonNull(head, "head");
        if (deadline.isNegative()) {
            throw new IllegalArgumentException("asking with a deadline of [" + deadline + "]; needed zero or more");
        }
    }

    /** About a picture. */
    public static DeviceRequest about(RgbImage picture, Task task) {
        return new DeviceRequest(Objects.requireNonNull(picture, "picture"), task, null, "", Duration.ZERO);
    }

    /** Without a picture. */
    public static DeviceRequest of(Task task) {
        return new DeviceRequest(null, task, null, "", Duration.ZERO);
    }

    public DeviceRequest withPoint(Point value) {
        return new DeviceRequest(picture, task, value, head, deadline);
    }

    public DeviceRequest withHead(String value) {
        return new DeviceRequest(picture, task, point, value, deadline);
    }

    public DeviceRequest withDeadline(Duration value) {
        return new DeviceRequest(picture, task, point, head, value);
    }
}
