package dev.tandem.hil.relay;

import java.time.Duration;

/**
 * Bounds of a relay.
 *
 * @param sessions
 *            UDP clients, and as many TCP connections, at most
 * @param idle
 *            a UDP client that nothing passed for in this time is forgotten
 */
record RelayLimits(int sessions, Duration idle) {
    /** Two minutes: what a NAT grants at least (RFC 4787, REQ-5). */
    static final RelayLimits DEFAULT = new RelayLimits(8_192, Duration.ofMinutes(2));
}
