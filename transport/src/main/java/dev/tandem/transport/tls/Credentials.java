package dev.tandem.transport.tls;

import java.nio.file.Path;

/**
 * PEM files of one end. They are looked at again while the end runs: a changed file is used from the next connection
 * on, and an edge ends the connections of whom it trusts no longer.
 *
 * @param certificate own certificate, followed by intermediate ones if there are any
 * @param key private key of it, PKCS#8 without password; readable by its owner only
 * @param trust certificates of the authorities that the other end's certificate must come from
 * @param revoked X.509 revocation lists of these authorities, PEM or DER; null: nothing is revoked
 */
public record Credentials(Path certificate, Path key, Path trust, Path revoked) {
    /** Without revocation list. */
    public Credentials(Path certificate, Path key, Path trust) {
        this(certificate, key, trust, null);
    }

    /** The same with another revocation list, or null for none. */
    public Credentials withRevoked(Path list) {
        return new Credentials(certificate, key, trust, list);
    }
}
