package dev.tandem.task;

import java.nio.charset.StandardCharsets;

/**
 * One class with its probability.
 *
 * @param index place in the head's list of classes, 0 to 65,535
 * @param name for people, at most 255 bytes of UTF-8
 * @param probability 0 to 1
 */
public record Label(int index, String name, float probability) {
    public Label {
        TaskBytes.range("class index", index, 0, 0xFFFF);
        TaskBytes.range("bytes of the class name " + name, name.getBytes(StandardCharsets.UTF_8).length, 0, 0xFF);
        TaskBytes.require(probability >= 0 && probability <= 1,
                "a probability of [" + probability + "]; needed 0 to 1");
    }
}
