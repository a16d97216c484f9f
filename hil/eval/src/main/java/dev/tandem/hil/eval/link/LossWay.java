package dev.tandem.hil.eval.link;

import dev.tandem.transport.frame.Slice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** How an exchange meets a lossy link. */
enum LossWay {
    /** As a device does it: the most important slices on the stream, the others offered again while there is time. */
    USUAL("as usual"),
    /** The edge waits for the datagrams under way and no longer: what is lost stays lost. */
    HURRIED("no time to repeat"),
    /** The same, with slices in an order that says nothing of their importance. */
    HURRIED_SHUFFLED("no time, order shuffled");

    /**
     * Longer than slices of a kilobyte take at 50 KB/s, shorter than the 1.5 round trips of 40 ms that an offer again
     * needs.
     */
    private static final Duration HURRY = Duration.ofMillis(55);

    private final String words;

    LossWay(String words) {
        this.words = words;
    }

    /** For people. */
    String words() {
        return words;
    }

    /** For {@code AskRequest}: zero leaves it to the link. */
    Duration decodeWait() {
        return this == USUAL ? Duration.ZERO : HURRY;
    }

    /** The slices as this way sends them. */
    List<Slice> order(List<Slice> mostImportantFirst, long seed) {
        if (this != HURRIED_SHUFFLED) {
            return mostImportantFirst;
        }
        List<Slice> shuffled = new ArrayList<>(mostImportantFirst);
        Collections.shuffle(shuffled, new Random(seed));
        List<Slice> slices = new ArrayList<>();
        for (Slice slice : shuffled) {
            slices.add(new Slice(slices.size(), slice.tile(), slice.bytes()));
        }
        return slices;
    }
}
