package dev.tandem.transport.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificatesTest {
    @Test
    void makesCredentialsThatItsOwnCheckLikes(@TempDir Path dir) throws IOException {
        Certificates.Development made = Certificates.createDevelopment(dir, List.of("edge.local", "127.0.0.1", "::1"));
        assertEquals(made, Certificates.development(dir));
        for (String host : List.of("edge.local", "127.0.0.1", "0:0:0:0:0:0:0:1")) {
            assertEquals(List.of(), Certificates.check(made.edge(), host));
        }
        assertEquals(List.of(), Certificates.check(made.device(), null));
        try (Stream<Path> files = Files.list(dir)) {
            assertEquals(List.of("ca-key.pem", "ca.pem", "device-key.pem", "device.pem", "edge-key.pem", "edge.pem",
                    "revoked.pem"),
                    files.map(each -> each.getFileName().toString()).sorted().toList());
        }
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(made.edge().key())));
        byte[] before = Files.readAllBytes(made.edge().key());
        assertThrows(UncheckedIOException.class, () -> Certificates.createDevelopment(dir, List.of("x")));
        assertEquals(new String(before), Files.readString(made.edge().key()), "existing keys must survive");
    }

    @Test
    void namesEachFaultInWords() {
        assertOne(Certificates.check(TestCertificates.EXPIRED_EDGE, "localhost"), "expired", "clock");
        assertOne(Certificates.check(TestCertificates.FAR_EDGE, "localhost"), "another host", "edge.example");
        assertOne(Certificates.checkEdge(TestCertificates.DEVICE), "wrong key usage", "serverAuth");
        assertOne(Certificates.check(TestCertificates.EDGE, null), "wrong key usage", "clientAuth");
        assertOne(Certificates.check(TestCertificates.trusting(TestCertificates.EDGE, TestCertificates.STRANGE_EDGE),
                "localhost"), "authority", "Strange CA");
        Credentials mixed = new Credentials(TestCertificates.EDGE.certificate(), TestCertificates.DEVICE.key(),
                TestCertificates.EDGE.trust());
        assertOne(Certificates.check(mixed, "localhost"), "does not belong");
    }

    @Test
    void noticesAClockThatIsBehind() {
        Instant past = Instant.now().minus(Duration.ofDays(2).plusMinutes(30));
        List<String> findings = Certificates.check(TestCertificates.DEVICE, null, past);
        assertTrue(findings.getFirst().contains("not valid yet") && findings.getFirst().contains("1 d 23 h earlier"),
                findings.toString());
    }

    @Test
    void saysHowLongAgoACertificateExpired() {
        Instant later = Instant.now().plus(Duration.ofDays(40).minusMinutes(30));
        List<String> findings = Certificates.check(TestCertificates.DEVICE, null, later);
        assertTrue(findings.size() == 1 && findings.getFirst().contains("10 d 0 h later"), findings.toString());
    }

    @Test
    void namesRevocation(@TempDir Path dir) {
        Certificates.Development made = Certificates.createDevelopment(dir, List.of("localhost"));
        assertEquals(dir.resolve("revoked.pem"), Certificates.revoke(dir, made.device().certificate()));
        assertOne(Certificates.check(made.device(), null), "serial number", "was revoked at", "revoked.pem");
        assertEquals(List.of(), Certificates.check(made.edge(), "localhost"));
        assertOne(Certificates.check(made.edge().withRevoked(TestCertificates.DIR.resolve("strange/revoked.pem")),
                "localhost"), "not signed by an authority", "Strange CA");
        assertOne(Certificates.check(made.edge().withRevoked(dir.resolve("none.pem")), "localhost"), "no file",
                "none.pem");
    }

    @Test
    void namesMissingAndUnreadableFiles(@TempDir Path dir) throws IOException {
        Path junk = Files.writeString(dir.resolve("junk.pem"), "no certificate");
        Path open = Files.copy(TestCertificates.DEVICE.key(), dir.resolve("open-key.pem"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        assertOne(Certificates.check(new Credentials(TestCertificates.DEVICE.certificate(), open,
                TestCertificates.DEVICE.trust()), null), "can be read by others", "chmod 600");
        String all = String.join("\n", Certificates.check(new Credentials(junk, junk, dir.resolve("none.pem")), null));
        assertTrue(all.contains("holds no PEM certificate") && all.contains("none.pem"), all);
        assertThrows(IllegalArgumentException.class,
                () -> TlsContexts.device(new Credentials(junk, junk, dir.resolve("none.pem"))));
        assertThrows(IllegalArgumentException.class, () -> Certificates.createDevelopment(dir, List.of()));
    }

    private static void assertOne(List<String> findings, String... words) {
        assertEquals(1, findings.size(), findings.toString());
        for (String word : words) {
            assertTrue(findings.getFirst().contains(word), findings.toString());
        }
    }
}
