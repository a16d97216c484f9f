package dev.tandem.edge.serve;

import dev.tandem.method.Decoding;
import dev.tandem.method.HeadSection;
import dev.tandem.task.Task;

/**
 * One task as the model thread gets it, whoever brought it.
 *
 * @param device       which device asked, by what no other has
 * @param head         who shall answer; {@link Offer#head} has found it fit
 * @param picture      null for a task without a picture
 * @param arrivedNanos {@link System#nanoTime()} when it came
 */
record Request(String device, HeadSection<?> head, Task task, Picture picture, long arrivedNanos) {
    /**
     * A picture whose slices have been decoded.
     *
     * @param sliceNanos time that decoding them took as they came, ns
     */
    record Picture(PictureKey key, Decoding decoding, long sliceNanos) {}

    Seen.Key key() {
        return picture == null
                ? new Seen.Key("", head.name(), null)
                : new Seen.Key(device, head.name(), picture.key());
    }
}
