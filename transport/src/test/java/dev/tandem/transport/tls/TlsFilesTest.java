package dev.tandem.transport.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.NoLeaks;
import dev.tandem.transport.frame.End;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.tls.HandshakePair.Connection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that change under a running edge or device, over real handshakes of both transports. */
@ExtendWith(NoLeaks.class)
class TlsFilesTest {
    private static Path made;
    private static Credentials edge;
    private static Credentials newEdge;
    private static Credentials device;
    private static Credentials other;
    private static Path nothing;
    private static Path revokedDevice;
    private static Path revokedEdge;

    private final AtomicLong nanos = new AtomicLong();

    static Stream<Function<TlsContexts, HandshakePair>> transports() {
        return TlsContextsTest.transports();
    }

    @BeforeAll
    static void make(@TempDir Path dir) throws IOException {
        made = dir;
        List<String> hosts = List.of("localhost");
        try (DevelopmentAuthority authority = new DevelopmentAuthority(dir, "A CA")) {
            edge = authority.issue("edge", "edge-1", DevelopmentAuthority.SERVER, hosts, "-1H", 30);
            newEdge = authority.issue("new-edge", "edge-2", DevelopmentAuthority.SERVER, hosts, "-1H", 30);
            device = authority.issue("device", "device-1", DevelopmentAuthority.CLIENT, List.of(), "-1H", 30);
            other = authority.issue("other", "device-2", DevelopmentAuthority.CLIENT, List.of(), "-1H", 30);
            authority.publish();
        }
        nothing = Files.copy(dir.resolve("revoked.pem"), dir.resolve("nothing.pem"));
        revokedDevice = Files.copy(Certificates.revoke(dir, device.certificate()), dir.resolve("one.pem"));
        revokedEdge = Files.copy(Certificates.revoke(dir, edge.certificate()), dir.resolve("two.pem"));
    }

    @ParameterizedTest
    @MethodSource("transports")
    void refusesARevokedDeviceFromTheNextConnectionOn(Function<TlsContexts, HandshakePair> transport,
            @TempDir Path dir) throws Exception {
        Path list = put(nothing, dir.resolve("list.pem"));
        try (TlsContexts edges = contexts(End.EDGE, edge.withRevoked(list));
                TlsContexts first = contexts(End.DEVICE, device.withRevoked(null));
                TlsContexts second = contexts(End.DEVICE, other.withRevoked(null));
                HandshakePair pair = transport.apply(edges);
                Connection before = pair.connect(first, "localhost")) {
            assertEquals("before", before.echo("before"));
            put(revokedDevice, list);
            // The device has a session by now: resuming it must not help.
            later();
            try (Connection after = pair.connect(first, "localhost")) {
                TlsContextsTest.assertFailure(after.edge().failure(), ErrorCode.CERTIFICATE_REVOKED, "was revoked at");
                TlsContextsTest.assertFailure(after.device().failure(), ErrorCode.CERTIFICATE_REFUSED, "revoked");
            }
            try (Connection healthy = pair.connect(second, "localhost")) {
                assertEquals("healthy", healthy.echo("healthy"));
                assertEquals("device-2", healthy.edge().peer());
            }
            assertEquals("still", before.echo("still"));
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void refusesARevokedEdge(Function<TlsContexts, HandshakePair> transport) throws Exception {
        try (TlsContexts edges = contexts(End.EDGE, edge.withRevoked(null));
                TlsContexts devices = contexts(End.DEVICE, other.withRevoked(revokedEdge));
                HandshakePair pair = transport.apply(edges);
                Connection connection = pair.connect(devices, "localhost")) {
            TlsContextsTest.assertFailure(connection.device().failure(), ErrorCode.CERTIFICATE_REVOKED,
                    "the edge's certificate");
            TlsContextsTest.assertFailure(connection.edge().failure(), ErrorCode.CERTIFICATE_REFUSED, "revoked");
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void keepsTheListWhenTheNewOneIsBrokenStrangeOrGone(Function<TlsContexts, HandshakePair> transport,
            @TempDir Path dir) throws Exception {
        Path list = put(revokedDevice, dir.resolve("list.pem"));
        try (TlsContexts edges = contexts(End.EDGE, edge.withRevoked(list));
                TlsContexts devices = contexts(End.DEVICE, device.withRevoked(null));
                HandshakePair pair = transport.apply(edges)) {
            Files.writeString(list, "-----BEGIN X509 CRL-----\nhalf a li");
            assertStillRevoked(pair, devices);
            put(TestCertificates.DIR.resolve("ours").resolve("revoked.pem"), list);
            assertStillRevoked(pair, devices);
            Files.delete(list);
            assertStillRevoked(pair, devices);
            put(nothing, list);
            later();
            try (Connection connection = pair.connect(devices, "localhost")) {
                assertEquals("back", connection.echo("back"));
            }
        }
    }

    private void assertStillRevoked(HandshakePair pair, TlsContexts devices) throws Exception {
        later();
        try (Connection connection = pair.connect(devices, "localhost")) {
            TlsContextsTest.assertFailure(connection.edge().failure(), ErrorCode.CERTIFICATE_REVOKED, "was revoked");
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void rotatesTheCertificateWhileAnOldConnectionGoesOn(Function<TlsContexts, HandshakePair> transport,
            @TempDir Path dir) throws Exception {
        Path certificate = put(edge.certificate(), dir.resolve("edge.pem"));
        Path key = put(edge.key(), dir.resolve("edge-key.pem"));
        try (TlsContexts edges = contexts(End.EDGE, new Credentials(certificate, key, edge.trust()));
                TlsContexts devices = contexts(End.DEVICE, other.withRevoked(null));
                HandshakePair pair = transport.apply(edges);
                Connection before = pair.connect(devices, "localhost")) {
            assertEquals("before", before.echo("before"));
            put(newEdge.certificate(), certificate);
            // Half of a rotation: the new certificate with the old key.
            assertEdgeIs("edge-1", pair, devices);
            put(newEdge.key(), key);
            assertEdgeIs("edge-2", pair, devices);
            Files.writeString(certificate, "-----BEGIN CERTIFICATE-----\nhalf");
            assertEdgeIs("edge-2", pair, devices);
            assertEquals("still", before.echo("still"));
            assertEquals("edge-1", before.device().peer());
        }
    }

    private void assertEdgeIs(String name, HandshakePair pair, TlsContexts devices) throws Exception {
        later();
        try (Connection connection = pair.connect(devices, "localhost")) {
            assertEquals(name, connection.device().peer());
            assertEquals(name, connection.echo(name));
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void followsTheTrust(Function<TlsContexts, HandshakePair> transport, @TempDir Path dir) throws Exception {
        Path trust = put(TestCertificates.EDGE.trust(), dir.resolve("ca.pem"));
        try (TlsContexts edges = contexts(End.EDGE, edge.withRevoked(null));
                TlsContexts devices = contexts(End.DEVICE, new Credentials(other.certificate(), other.key(), trust));
                HandshakePair pair = transport.apply(edges)) {
            try (Connection connection = pair.connect(devices, "localhost")) {
                TlsContextsTest.assertFailure(connection.device().failure(), ErrorCode.CERTIFICATE_UNTRUSTED,
                        "authority");
            }
            put(edge.trust(), trust);
            assertEdgeIs("edge-1", pair, devices);
        }
    }

    @Test
    void looksAtMostOnceASecond(@TempDir Path dir) throws IOException {
        Path list = put(nothing, dir.resolve("list.pem"));
        try (TlsContexts contexts = contexts(End.EDGE, edge.withRevoked(list))) {
            Object now = contexts.tcp();
            put(revokedDevice, list);
            nanos.addAndGet(TlsFiles.LOOK_NANOS - 1);
            assertEquals(now, contexts.tcp());
            nanos.addAndGet(1);
            assertTrue(now != contexts.tcp());
        }
    }

    @Test
    void doesNotStartWithAListThatCannotBeUsed(@TempDir Path dir) {
        for (Path bad : List.of(dir.resolve("none.pem"), edge.certificate(),
                TestCertificates.DIR.resolve("strange").resolve("revoked.pem"))) {
            Credentials credentials = edge.withRevoked(bad);
            String words = assertThrows(IllegalArgumentException.class, () -> TlsContexts.edge(credentials))
                    .getMessage();
            assertTrue(words.contains("revocation list") && words.contains(bad.toString()), words);
        }
    }

    @Test
    void revokesOnlyWhatTheAuthorityIssuedAndKeepEarlierEntries() throws IOException {
        assertThrows(IllegalArgumentException.class, () -> Certificates.revoke(made, TestCertificates.DEVICE
                .certificate()));
        List<String> entries = RevocationList.read(revokedEdge, PemFiles.readCertificates(edge.trust())).entries();
        assertEquals(2, entries.size(), entries.toString());
        byte[] before = Files.readAllBytes(made.resolve("revoked.pem"));
        Certificates.revoke(made, device.certificate());
        assertEquals(new String(before), Files.readString(made.resolve("revoked.pem")), "revoked twice");
    }

    private TlsContexts contexts(End end, Credentials credentials) {
        return TlsContexts.of(end, credentials, nanos::get);
    }

    private void later() {
        nanos.addAndGet(TlsFiles.LOOK_NANOS);
    }

    /** In one step, as the documentation asks for and as configuration tools do. */
    private static Path put(Path from, Path to) throws IOException {
        Path beside = Files.copy(from, to.resolveSibling("next"), StandardCopyOption.REPLACE_EXISTING);
        return Files.move(beside, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
