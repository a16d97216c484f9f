package dev.tandem.hil.eval.demo;

import dev.tandem.device.DeviceAgent;
import dev.tandem.device.DeviceAnswer;
import dev.tandem.hil.eval.EvalPoints;
import dev.tandem.image.RgbImage;
import dev.tandem.method.Look;
import dev.tandem.method.Point;
import dev.tandem.task.Task;
import dev.tandem.transport.frame.FrameHeader;
import java.util.Locale;
import java.util.Optional;

/** What pictures cost on the wire, and what they would have cost as JPEG of the same worth. One thread. */
final class Cost {
    private final DeviceAgent device;
    private final EqualAccuracy equal;
    private final Optional<Point> jpeg;
    private long features;
    private long pictures;
    private int asked;

    Cost(DeviceAgent device, EqualAccuracy equal) {
        this.device = device;
        this.equal = equal;
        jpeg = EvalPoints.known(device.methods(), "jpeg-q" + equal.jpegQuality());
    }

    /** Bytes of the picture as JPEG; 0 where the pack takes no pictures. */
    long jpeg(RgbImage picture, Task task) {
        return jpeg.map(point -> device.look(picture, point, task)).filter(Look.Send.class::isInstance)
                .map(Look.Send.class::cast)
                .map(send -> send.bytes() + (long) send.slices().size() * FrameHeader.BYTES).orElse(0L);
    }

    /** Bytes of an answer's slices and their frame headers. */
    static long of(DeviceAnswer answer) {
        return answer.sliceBytes() + (long) answer.slices() * FrameHeader.BYTES;
    }

    void count(long bytes, long jpegBytes) {
        features += bytes;
        pictures += jpegBytes;
        asked++;
    }

    EqualAccuracy equal() {
        return equal;
    }

    /** For people: what a question's picture cost beside JPEG; empty where there is nothing to compare with. */
    String beside(long bytes, long jpegBytes) {
        return jpegBytes == 0 || bytes == 0
                ? ""
                : String.format(Locale.ROOT, "; JPEG at quality %d: %d bytes, %.1f times as much", equal.jpegQuality(),
                        jpegBytes,
                        (double) jpegBytes / bytes);
    }

    /** For people: what all of it came to; empty when nothing was asked. */
    String sum() {
        if (asked == 0) {
            return "";
        }
        String beside = pictures == 0
                ? ""
                : String.format(Locale.ROOT, ", %d as JPEG at quality %d (%s)", pictures / asked, equal.jpegQuality(),
                        equal.source());
        return String.format(Locale.ROOT,
                "%d asked: %d bytes a picture on the wire on average%s%nBytes count slices and frame headers; TLS and TCP come on top for both.",
                asked, features / asked, beside);
    }
}
