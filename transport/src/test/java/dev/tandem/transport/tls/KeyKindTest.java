package dev.tandem.transport.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.transport.NoLeaks;
import dev.tandem.transport.tls.HandshakePair.Connection;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the check says of a kind of key is what both transports do with it. */
@ExtendWith(NoLeaks.class)
class KeyKindTest {
    private static final Map<String, Credentials> RING = new LinkedHashMap<>();
    private static Credentials signedByEdwards;

    @BeforeAll
    static void make(@TempDir Path dir) throws Exception {
        KeyRing ring = new KeyRing(dir.resolve("ring"), "-keyalg", "EC", "-groupname", "secp256r1");
        RING.put("EC P-256", ring.issue("p256", "-keyalg", "EC", "-groupname", "secp256r1"));
        RING.put("EC P-384", ring.issue("p384", "-keyalg", "EC", "-groupname", "secp384r1"));
        RING.put("RSA 2048", ring.issue("rsa", "-keyalg", "RSA", "-keysize", "2048"));
        RING.put("EC P-521", ring.issue("p521", "-keyalg", "EC", "-groupname", "secp521r1"));
        RING.put("Ed25519", ring.issue("ed25519", "-keyalg", "Ed25519"));
        RING.put("Ed448", ring.issue("ed448", "-keyalg", "Ed448"));
        RING.put("RSA-PSS 2048", ring.issue("pss", "-keyalg", "RSASSA-PSS", "-keysize", "2048"));
        RING.put("ML-DSA", ring.issue("mldsa", "-keyalg", "ML-DSA-44"));
        signedByEdwards = new KeyRing(dir.resolve("edwards"), "-keyalg", "Ed25519").issue("leaf", "-keyalg", "EC",
                "-groupname", "secp256r1");
    }

    @Test
    void theCheckNamesWhatQuicDoesNotTake() {
        RING.forEach((kind, credentials) -> {
            List<String> findings = Certificates.check(credentials, "localhost");
            boolean good = List.of("EC P-256", "EC P-384", "RSA 2048").contains(kind);
            assertEquals(good ? 0 : 1, findings.size(), kind + ": " + findings);
            if (!good) {
                assertTrue(findings.getFirst().contains(" is " + kind + ", which TLS"), findings.toString());
            }
        });
    }

    @Test
    void theTransportsDoAsTheCheckSays() throws Exception {
        for (Map.Entry<String, Credentials> each : RING.entrySet()) {
            String fault = String.join("", Certificates.check(each.getValue(), null));
            assertEquals(fault.isEmpty(), shakes(each.getValue(), true), each.getKey() + " over QUIC");
            assertEquals(!fault.contains("neither"), shakes(each.getValue(), false), each.getKey() + " over TCP");
        }
        assertEquals(List.of(), Certificates.check(signedByEdwards, null));
        assertTrue(shakes(signedByEdwards, true) && shakes(signedByEdwards, false), "an authority of any kind");
    }

    private static boolean shakes(Credentials both, boolean quic) {
        try (TlsContexts edge = TlsContexts.edge(both);
                TlsContexts device = TlsContexts.device(both);
                HandshakePair pair = quic ? new QuicPair(edge) : new TcpPair(edge);
                Connection connection = pair.connect(device, "localhost")) {
            return connection.device().failure.isDone() ? false : "x".equals(connection.echo("x"));
        } catch (Exception refused) {
            return false;
        }
    }

    @Test
    void aKeyOfAnotherKindIsNamedByBoth() {
        Credentials mixed = new Credentials(RING.get("EC P-256").certificate(), RING.get("RSA 2048").key(),
                RING.get("EC P-256").trust());
        String words = String.join("", Certificates.check(mixed, null));
        assertTrue(words.contains("RSA 2048, does not belong") && words.contains("EC P-256; the two"), words);
    }
}
