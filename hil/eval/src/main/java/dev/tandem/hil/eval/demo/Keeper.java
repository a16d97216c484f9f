package dev.tandem.hil.eval.demo;

import dev.tandem.device.DeviceAnswer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Keeps a file of an answer for people to look at. */
interface Keeper {
    /** Keeps nothing. */
    Keeper NONE = (shot, answer) -> Optional.empty();

    /**
     * What was kept.
     *
     * @param words on what it shows
     * @param counts by name, for machines
     */
    record Kept(Path file, String words, Map<String, Integer> counts) {}

    /** Writes the file; empty where the answer gives none. */
    Optional<Kept> keep(Shot shot, DeviceAnswer answer) throws IOException;
}
