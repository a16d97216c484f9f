package dev.tandem.transport.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Good and bad certificates, made once for all tests of a run. */
public final class TestCertificates {
    private static final List<String> HOSTS = List.of("localhost", "127.0.0.1");
    static final Path DIR = directory();
    public static final Credentials EDGE;
    public static final Credentials DEVICE;
    public static final Credentials EXPIRED_EDGE;
    public static final Credentials EXPIRED_DEVICE;
    /** Valid from the day after tomorrow on. */
    static final Credentials EARLY_EDGE;
    static final Credentials EARLY_DEVICE;
    public static final Credentials FAR_EDGE;
    /** Of an authority that the others do not know. */
    public static final Credentials STRANGE_EDGE;
    public static final Credentials STRANGE_DEVICE;

    static {
        try (DevelopmentAuthority ours = new DevelopmentAuthority(DIR.resolve("ours"), "Our CA");
                DevelopmentAuthority strange = new DevelopmentAuthority(DIR.resolve("strange"), "Strange CA")) {
            EDGE = ours.issue("edge", "edge-1", DevelopmentAuthority.SERVER, HOSTS, "-1H", 30);
            DEVICE = ours.issue("device", "device-1", DevelopmentAuthority.CLIENT, List.of(), "-1H", 30);
            EXPIRED_EDGE = ours.issue("old-edge", "edge-2", DevelopmentAuthority.SERVER, HOSTS, "-3d", 1);
            EXPIRED_DEVICE = ours.issue("old-device", "device-2", DevelopmentAuthority.CLIENT, List.of(), "-3d", 1);
            EARLY_EDGE = ours.issue("early-edge", "edge-5", DevelopmentAuthority.SERVER, HOSTS, "+2d", 30);
            EARLY_DEVICE = ours.issue("early-device", "device-5", DevelopmentAuthority.CLIENT, List.of(), "+2d", 30);
            FAR_EDGE = ours.issue("far-edge", "edge-3", DevelopmentAuthority.SERVER, List.of("edge.example"), "-1H",
                    30);
            STRANGE_EDGE = strange.issue("edge", "edge-4", DevelopmentAuthority.SERVER, HOSTS, "-1H", 30);
            STRANGE_DEVICE = strange.issue("device", "device-4", DevelopmentAuthority.CLIENT, List.of(), "-1H", 30);
            ours.publish();
            strange.publish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private TestCertificates() {
    }

    /** Credentials of one, trusting the authority of another. */
    public static Credentials trusting(Credentials own, Credentials other) {
        return new Credentials(own.certificate(), own.key(), other.trust());
    }

    /** An edge and two devices of one authority in a folder of their own. */
    public record Fleet(Path dir, Credentials edge, Credentials one, Credentials two) {
        /** Takes a device's certificate back, in the list that the edge's credentials name. */
        public void revoke(Credentials device) {
            Certificates.revoke(dir, device.certificate());
        }
    }

    public static Fleet fleet(Path dir) throws IOException {
        try (DevelopmentAuthority authority = new DevelopmentAuthority(dir, "Fleet CA")) {
            Credentials edge = authority.issue("edge", "edge-1", DevelopmentAuthority.SERVER, HOSTS, "-1H", 30);
            Fleet fleet = new Fleet(dir, edge.withRevoked(dir.resolve("revoked.pem")),
                    authority.issue("one", "device-1", DevelopmentAuthority.CLIENT, List.of(), "-1H", 30),
                    authority.issue("two", "device-2", DevelopmentAuthority.CLIENT, List.of(), "-1H", 30));
            authority.publish();
            return fleet;
        }
    }

    private static Path directory() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target")), "certificates");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
