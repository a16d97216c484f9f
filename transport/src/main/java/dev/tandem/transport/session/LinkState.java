package dev.tandem.transport.session;

/**
 * What is known of a link; for whoever chooses the operating point. Immutable.
 *
 * @param rttNanos smoothed round trip; 0 unknown
 * @param bytesPerSecond best delivery rate seen lately; 0 unknown
 * @param loss share of packets lost lately, 0 to 1
 * @param queueBytes bytes that wait to be sent
 * @param datagramBytes largest frame of a datagram; 0: none
 * @param transport name of what carries it
 */
public record LinkState(long rttNanos, long bytesPerSecond, double loss, long queueBytes, int datagramBytes,
        String transport) {}
