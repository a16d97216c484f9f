package dev.tandem.hil.lab.sharing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.tls.Certificates;
import dev.tandem.transport.tls.Credentials;
import dev.tandem.transport.tls.HostNames;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabAuthorityTest {

    @Test
    void devicesHaveCertificatesOfTheirOwnThatNothingIsWrongWith() throws Exception {
        Path folder;
        try (LabAuthority authority = new LabAuthority()) {
            folder = authority.folder();
            Credentials one = authority.device("one");
            Credentials two = authority.device("two");
            assertSame(one, authority.device("one"));
            assertEquals(List.of(), Certificates.check(one, null));
            assertEquals(List.of(), Certificates.check(two, null));
            assertEquals("one", HostNames.peerName(read(one)));
            assertNotEquals(read(one).getPublicKey(), read(two).getPublicKey());
            Credentials evil = authority.named("evil", "x\\0AFORGED\\1B[2J");
            String subject = new String(read(evil).getSubjectX500Principal().getEncoded(), StandardCharsets.ISO_8859_1);
            assertTrue(subject.contains("x\nFORGED\u001B[2J"), "control characters as they are");
        }
        assertTrue(Files.notExists(folder));
    }

    private static X509Certificate read(Credentials credentials) throws Exception {
        try (InputStream in = Files.newInputStream(credentials.certificate())) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }
}
