package dev.tandem.transport.tls;

import dev.tandem.transport.frame.End;
import dev.tandem.transport.session.Causes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Makes development certificates and says in words what is wrong with given ones. The cryptography is the JDK's. */
public final class Certificates {
    private static final int DEVELOPMENT_DAYS = 825;

    private Certificates() {
    }

    /** Credentials of both ends, all from one development authority. */
    public record Development(Credentials edge, Credentials device) {}

    /**
     * Makes an authority, an edge certificate for {@code hosts} (names or IP addresses) and a device certificate in
     * {@code dir}: ca.pem, ca-key.pem, an empty revoked.pem, edge.pem, edge-key.pem, device.pem, device-key.pem, by the
     * keytool of the running JDK. EC P-256; the ends' certificates are valid for {@value #DEVELOPMENT_DAYS} days. Keys
     * are readable by their owner only. Existing files are refused, never overwritten; what fails leaves nothing. Takes
     * a few seconds.
     */
    public static Development createDevelopment(Path dir, List<String> hosts) {
        if (hosts.isEmpty()) {
            throw new IllegalArgumentException("making certificates in [" + dir
                    + "]: no host given, needed the names or addresses that devices will call");
        }
        String wrong = hosts.stream().map(HostSpelling::fault).filter(Objects::nonNull)
                .collect(Collectors.joining("; "));
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException("making certificates in [" + dir + "]: " + wrong);
        }
        try {
            NewFiles.refuseOld(dir, List.of("ca.pem", "ca-key.pem", "revoked.pem", "edge.pem", "edge-key.pem",
                    "device.pem", "device-key.pem"));
            return create(dir, hosts);
        } catch (IOException e) {
            throw new UncheckedIOException("making certificates in [" + dir + "]: " + Causes.words(e), e);
        }
    }

    private static Development create(Path dir, List<String> hosts) throws IOException {
        try (DevelopmentAuthority authority = new DevelopmentAuthority(dir, "Tandem development CA")) {
            Credentials edge = authority.issue("edge", "edge", DevelopmentAuthority.SERVER, hosts, "-1H",
                    DEVELOPMENT_DAYS);
            Credentials device = authority.issue("device", "device", DevelopmentAuthority.CLIENT, List.of(), "-1H",
                    DEVELOPMENT_DAYS);
            authority.publish();
            return new Development(edge, device);
        }
    }

    /**
     * Issues a device's certificate of its own from the authority in {@code dir}, so that devices need not share one:
     * {@code out} gets device.pem and device-key.pem, and copies of ca.pem and revoked.pem; the authority's key stays
     * where it is. Existing files are refused. Takes a second.
     *
     * @param name the certificate's common name, by which the edge knows the device
     */
    public static Credentials issueDevice(Path dir, String name, Path out) {
        return DeviceIssue.issue(dir, name, out, DEVELOPMENT_DAYS);
    }

    /**
     * The files that {@link #createDevelopment} made in a folder, whether or not they are there: check them. A folder
     * without revoked.pem, made by an earlier version, gives credentials without revocation list.
     */
    public static Development development(Path dir) {
        Path trust = dir.resolve("ca.pem");
        Path list = dir.resolve(DevelopmentAuthority.REVOKED_FILE);
        Path revoked = Files.exists(list) ? list : null;
        return new Development(new Credentials(dir.resolve("edge.pem"), dir.resolve("edge-key.pem"), trust, revoked),
                new Credentials(dir.resolve("device.pem"), dir.resolve("device-key.pem"), trust, revoked));
    }

    /**
     * Revokes a certificate of the authority in {@code dir}: adds it to revoked.pem there, which running ends that use
     * that file see from their next connection on, within a second. The list is replaced in one step and is valid for
     * ten years; entries keep their reasons, but all are dated now. Takes about a second.
     *
     * @return the list
     */
    public static Path revoke(Path dir, Path certificate) {
        try (DevelopmentAuthority authority = DevelopmentAuthority.open(dir, dir)) {
            X509Certificate own = PemFiles.readCertificates(dir.resolve("ca.pem")).getFirst();
            X509Certificate revoked = PemFiles.readCertificates(certificate).getFirst();
            if (!issued(own, revoked)) {
                throw new IllegalArgumentException("revoking [" + certificate + "]: its issuer is ["
                        + revoked.getIssuerX500Principal() + "], the authority in [" + dir + "] is ["
                        + own.getSubjectX500Principal() + "]; only the authority that issued it can revoke it");
            }
            return authority.revoke(revoked);
        } catch (IOException e) {
            throw new UncheckedIOException("revoking [" + certificate + "] in [" + dir + "]: " + Causes.words(e), e);
        }
    }

    private static boolean issued(X509Certificate authority, X509Certificate certificate) {
        try {
            certificate.verify(authority.getPublicKey());
            return certificate.getIssuerX500Principal().equals(authority.getSubjectX500Principal());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /**
     * What is wrong with these files now, each in words; empty when nothing is. Looks at readability, dates, key and
     * certificate belonging together, key permissions, key usage, host, issuer and revocation.
     *
     * @param host name or address that devices call the edge by; null: the files are a device's
     */
    public static List<String> check(Credentials credentials, String host) {
        return check(credentials, host, Instant.now());
    }

    /** The same of either end's files: whose they are is read from the certificate. */
    public static List<String> checkEither(Credentials credentials) {
        return new CertificateCheck(credentials, null, null, Instant.now()).findings();
    }

    /** An edge's own look at its files, when it does not know what devices will call it. */
    static List<String> checkEdge(Credentials credentials) {
        return new CertificateCheck(credentials, End.EDGE, null, Instant.now()).findings();
    }

    static List<String> check(Credentials credentials, String host, Instant now) {
        return new CertificateCheck(credentials, host == null ? End.DEVICE : End.EDGE, host, now).findings();
    }
}
