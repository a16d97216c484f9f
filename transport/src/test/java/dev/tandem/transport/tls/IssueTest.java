package dev.tandem.transport.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fleet's certificates, each device with its own; and that what fails leaves nothing. */
class IssueTest {
    @TempDir
    private Path dir;

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void eachDeviceHasItsOwnOfTheSameAuthority() throws IOException {
        Path certs = dir.resolve("certs");
        Credentials edge = Certificates.createDevelopment(certs, List.of("localhost")).edge();
        Credentials first = Certificates.issueDevice(certs, "cam-7", dir.resolve("a/cam-7"));
        Credentials second = Certificates.issueDevice(certs, "Gate 2_b.x", dir.resolve("b"));
        for (Credentials each : List.of(first, second)) {
            assertEquals(List.of(), Certificates.check(each, null));
            assertEquals(List.of(), Certificates.checkEither(each));
            assertEquals(each, Certificates.development(each.trust().getParent()).device());
            assertEquals(List.of("ca.pem", "device-key.pem", "device.pem", "revoked.pem"),
                    names(each.trust().getParent()));
        }
        assertEquals("cam-7", HostNames.peerName(PemFiles.readCertificates(first.certificate()).getFirst()));
        assertEquals("Gate 2_b.x", HostNames.peerName(PemFiles.readCertificates(second.certificate()).getFirst()));
        assertNotEquals(Files.readString(first.key()), Files.readString(second.key()));
        Certificates.revoke(certs, first.certificate());
        assertTrue(Certificates.check(first.withRevoked(edge.revoked()), null).getFirst().contains("was revoked"));
        assertEquals(List.of(), Certificates.check(second.withRevoked(edge.revoked()), null));
    }

    @Test
    void whatCannotBeIssuedLeavesNothing() throws IOException {
        Path certs = dir.resolve("certs");
        Certificates.createDevelopment(certs, List.of("localhost"));
        List<String> before = names(certs);
        Path out = dir.resolve("out");
        for (String name : List.of("", "a,CN=b", "x\ny", "-x", "é", "a".repeat(65), "device", "edge")) {
            assertThrows(IllegalArgumentException.class, () -> Certificates.issueDevice(certs, name, out), name);
        }
        assertThrows(UncheckedIOException.class, () -> Certificates.issueDevice(dir.resolve("none"), "x", out));
        assertThrows(UncheckedIOException.class, () -> Certificates.issueDevice(certs, "x", certs));
        assertFalse(Files.exists(out));
        Files.delete(certs.resolve("ca-key.pem"));
        String words = assertThrows(UncheckedIOException.class, () -> Certificates.issueDevice(certs, "x", out))
                .getMessage();
        assertTrue(words.contains("ca-key.pem"), words);
        assertFalse(Files.exists(out));
        assertEquals(before.size() - 1, names(certs).size());
    }

    @Test
    void aMistypedHostIsNamedBeforeAnythingIsMade() throws IOException {
        for (String host : List.of("", " ", "edge:7443", "[::1]", "[::1]:7443", "https://edge", "10.0.0.256", "10.0.0",
                "1.2.3.4.5", "edge..local", ".edge", "edge.", "-edge", "edge-", "an edge", "edge_1", "fe80::1%eth0",
                "münchen.example", "a".repeat(64) + ".example", ("a".repeat(60) + ".").repeat(5) + "x", "*", "a.*.b")) {
            Path certs = dir.resolve("x/y/certs");
            String words = assertThrows(IllegalArgumentException.class,
                    () -> Certificates.createDevelopment(certs, List.of("localhost", host)), host).getMessage();
            assertTrue(words.contains("[" + host + "] is no host"), words);
            assertEquals(List.of(), names(dir));
        }
    }

    @Test
    void everyHostThatIsTakenEndsUpInTheCertificate() throws IOException {
        List<String> hosts = List.of("edge", "Edge-7.Example", "*.lab.example", "xn--mnchen-3ya.example", "1.example",
                "255.255.255.255", "::1", "2001:DB8::7", "a".repeat(63) + ".x");
        Credentials edge = Certificates.createDevelopment(dir.resolve("certs"), hosts).edge();
        for (String host : hosts) {
            assertEquals(List.of(), Certificates.check(edge, host.replace("*", "any")), host);
        }
    }

    @Test
    void aFailureHalfwayTakesTheFoldersWithIt() throws IOException {
        Path there = Files.createDirectories(dir.resolve("there"));
        Files.writeString(there.resolve("mine.txt"), "x");
        for (Path out : List.of(dir.resolve("new/deep"), there)) {
            NewFiles files = new NewFiles(out);
            Files.writeString(files.making().resolve("a.pem"), "secret");
            Files.createDirectory(files.making().resolve("b.pem"));
            Files.createDirectory(out.resolve("b.pem"));
            assertThrows(IOException.class, files::publish);
            Files.delete(out.resolve("b.pem"));
            files.close();
        }
        assertEquals(List.of("there"), names(dir));
        assertEquals(List.of("mine.txt"), names(there));
    }
}
