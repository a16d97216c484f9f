package dev.tandem.hil.relay;

/**
 * What became of a packet. {@link #DUPLICATED} and {@link #REORDERED} are counted beside a delivery; each of the others
 * is the end of a packet.
 */
public enum Outcome {
    /** Arrived. A copy made on the way counts again. */
    DELIVERED,
    /** The loss model took it. A TCP segment arrives all the same, later, and is counted as delivered too. */
    LOST,
    /** The queue before the link had no room. */
    QUEUE_FULL,
    /** Larger than the path: swallowed without a word, as a black hole does. */
    TOO_BIG,
    /** UDP is blocked. */
    BLOCKED,
    /** The link was cut when it came, or while it was on its way. */
    CUT,
    /** Arrived a second time. */
    DUPLICATED,
    /** Was held back, so that later ones could overtake it. */
    REORDERED,
    /** Its client is one more than the relay takes. */
    REFUSED
}
