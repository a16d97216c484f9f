package dev.tandem.transport.netty;

import java.nio.file.Path;
import java.util.List;

/** Makes development certificates and says in words what is wrong with given ones. */
public final class Certificates {
    private Certificates() {
    }

    /** Credentials of both ends, all from one development authority. */
    public record Development(Credentials edge, Credentials device) {}

    /**
     * Makes an authority, an edge certificate for {@code hosts} (names or IP addresses) and a device certificate in {@code dir}:
     * ca.pem, ca-key.pem, edge.pem, edge-key.pem, device.pem, device-key.pem. Keys are readable by their owner only. Existing
     * files are refused, never overwritten.
     */
    public static Development createDevelopment(Path dir, List<String> hosts) {
        throw new UnsupportedOperationException("not written yet");
    }

    /**
     * What is wrong with these files, each in words; empty when nothing is.
     *
     * @param host name or address that the certificate must be valid for; null for a device
     */
    public static List<String> check(Credentials credentials, String host) {
        throw new UnsupportedOperationException("not written yet");
    }
}
