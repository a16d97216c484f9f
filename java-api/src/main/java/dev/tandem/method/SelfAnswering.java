package dev.tandem.method;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A section whose device half answers by itself where it is sure enough ({@link Look.Here}), and otherwise gives its
 * own answer along with what it sends ({@link Look.Send#fallback}). What finding the threshold needs: points that always
 * send, and the knobs of a point with another threshold. Doubt is min-entropy, bits: -log2 of the likeliest class'
 * probability; the device answers where it is below {@code eta}.
 */
public interface SelfAnswering {
    /** Sends the whole picture, nothing lost, always. */
    Point whole();

    /**
     * Sends as a point does, always, and so much.
     *
     * @param amount in the measure of the point: a share, or a number
     * @throws dev.tandem.pack.PackException for an amount that the point cannot have
     */
    Point sending(Point like, double amount);

    /**
     * The knobs of a manifest's point that sends as {@code like} does.
     *
     * @throws dev.tandem.pack.PackException for an amount or a threshold that it cannot have
     */
    ObjectNode knobs(Point like, double eta, double amount);
}
