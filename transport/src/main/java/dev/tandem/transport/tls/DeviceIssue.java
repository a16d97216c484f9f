package dev.tandem.transport.tls;

import dev.tandem.transport.session.Causes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** A certificate of its own for one more device, from an authority that is there. */
final class DeviceIssue {
    /** Goes into logs, and through keytool's own grammar of names. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._ -]{0,63}");

    private DeviceIssue() {
    }

    /** As {@link Certificates#issueDevice} says. */
    static Credentials issue(Path dir, String name, Path out, int days) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("issuing a certificate for the device [" + name
                    + "]: needed a name of 1 to 64 letters, digits, dots, hyphens, underscores and spaces");
        }
        try {
            NewFiles.refuseOld(out, List.of("device.pem", "device-key.pem", "ca.pem", "revoked.pem"));
            for (String taken : List.of("edge.pem", "device.pem")) {
                Path file = dir.resolve(taken);
                if (Files.exists(file) && HostNames.peerName(PemFiles.readCertificates(file).getFirst()).equals(name)) {
                    throw new IllegalArgumentException("issuing a certificate for the device [" + name + "]: that is"
                            + " the name of [" + file + "] already; choose another");
                }
            }
            try (DevelopmentAuthority authority = DevelopmentAuthority.open(dir, out)) {
                Credentials device = authority.issue("device", name, DevelopmentAuthority.CLIENT, List.of(), "-1H",
                        days);
                authority.copyTrust();
                authority.publish();
                return device.withRevoked(Files.exists(device.revoked()) ? device.revoked() : null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("issuing a certificate for the device [" + name + "] in [" + out + "]: "
                    + Causes.words(e), e);
        }
    }
}
