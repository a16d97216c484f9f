package dev.tandem.hil.eval.calibrate;

import java.util.List;

/**
 * What one picture came to. Immutable.
 *
 * @param doubt of the device, min-entropy in bits
 * @param deviceRight whether the device's own answer is right
 * @param wholeRight whether the edge's is, from all patches uncoded
 * @param sent for each amount that was tried, in their order
 */
record Trial(double doubt, boolean deviceRight, boolean wholeRight, List<Sent> sent) {
    Trial {
        sent = List.copyOf(sent);
    }

    /**
     * One amount.
     *
     * @param bytes of all slices
     * @param patches that they hold
     */
    record Sent(boolean right, int bytes, int patches) {}
}
