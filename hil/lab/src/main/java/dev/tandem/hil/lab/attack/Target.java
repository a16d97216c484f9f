package dev.tandem.hil.lab.attack;

import dev.tandem.transport.frame.PackIdentity;
import dev.tandem.transport.tls.Credentials;

/**
 * The edge under attack, and what the attacker has stolen.
 *
 * @param port on loopback, for UDP and TCP
 * @param credentials a device's, valid
 * @param pack what the edge holds, so that a hello succeeds
 */
public record Target(int port, Credentials credentials, PackIdentity pack) {
    /** Where every trial's edge is. */
    public static final String HOST = "127.0.0.1";
}
