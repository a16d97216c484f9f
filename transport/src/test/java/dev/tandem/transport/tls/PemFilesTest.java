package dev.tandem.transport.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as people, editors and other tools write them. */
class PemFilesTest {
    @TempDir
    private Path dir;
    private String key;
    private String certificate;

    @BeforeEach
    void read() throws IOException {
        key = Files.readString(TestCertificates.EDGE.key());
        certificate = Files.readString(TestCertificates.EDGE.certificate());
    }

    /** The same in many hands. */
    private static Map<String, byte[]> ways(String text) {
        Map<String, byte[]> ways = new LinkedHashMap<>();
        ways.put("as it is", utf8(text));
        ways.put("comment", utf8("# Schlüssel für die Kante, 鍵\n" + text + "\n# fin é\n"));
        ways.put("latin comment", ("Cl\u00e9 de caf\u00e9\n" + text).getBytes(StandardCharsets.ISO_8859_1));
        ways.put("mark", utf8("\uFEFF" + text));
        ways.put("UTF-16", text.getBytes(StandardCharsets.UTF_16));
        ways.put("no last newline", utf8(text.strip()));
        ways.put("CRLF", utf8(text.replace("\n", "\r\n")));
        ways.put("CR", utf8(text.replace("\n", "\r")));
        ways.put("indented", utf8(text.replace("\n", "  \n\t")));
        ways.put("openssl's attributes", utf8("Bag Attributes\n    friendlyName: edge\nKey Attributes: <No>\n" + text));
        return ways;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void keysAndCertificatesAreReadHoweverTheyAreWritten() throws IOException {
        byte[] want = PemFiles.readKey(TestCertificates.EDGE.key()).getEncoded();
        for (String both : new String[]{key + certificate, certificate + key, certificate.strip() + key.strip()}) {
            for (Map.Entry<String, byte[]> way : ways(both).entrySet()) {
                Path file = Files.write(dir.resolve("both.pem"), way.getValue());
                assertEquals(new String(want, StandardCharsets.ISO_8859_1),
                        new String(PemFiles.readKey(file).getEncoded(), StandardCharsets.ISO_8859_1), way.getKey());
                assertEquals(PemFiles.readCertificates(TestCertificates.EDGE.certificate()),
                        PemFiles.readCertificates(file), way.getKey());
            }
        }
    }

    @Test
    void aCertificateMayBeDer() throws Exception {
        Path der = Files.write(dir.resolve("edge.der"),
                PemFiles.readCertificates(TestCertificates.EDGE.certificate()).getFirst().getEncoded());
        assertEquals(1, PemFiles.readCertificates(der).size());
    }

    @Test
    void revocationListsToo() throws IOException {
        String list = Files.readString(TestCertificates.EDGE.revoked());
        for (Map.Entry<String, byte[]> way : ways(certificate + list).entrySet()) {
            Path file = Files.write(dir.resolve("list.pem"), way.getValue());
            assertEquals(1, PemFiles.readLists(file).size(), way.getKey());
        }
    }

    @Test
    void whatIsMissingIsNamed() throws IOException {
        refused("", "no PEM block at all");
        refused("-----BEGIN PRIVATE KEY-----", "without its end");
        refused("-----BEGIN PRIVATE KEY----------END PRIVATE KEY-----", "nothing in it");
        refused(key.substring(0, key.length() / 2) + "\n" + certificate, "PRIVATE KEY without its end");
        refused(key.replaceFirst("\n.", "\n!"), "damaged");
        refused(certificate, "it has [CERTIFICATE]");
        refused(key.replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY"), "password off");
        refused(key.replace("PRIVATE KEY", "EC PRIVATE KEY"), "openssl pkcs8 -topk8 -nocrypt");
        refused("-----BEGIN PRIVATE KEY-----\n" + Base64.getEncoder().encodeToString(new byte[40])
                + "\n-----END PRIVATE KEY-----\n", "no key of a kind that is known");
        String folder = assertThrows(IOException.class, () -> PemFiles.readKey(dir)).getMessage();
        assertTrue(folder.contains(dir.toString()) && folder.contains("is a folder"), folder);
    }

    private void refused(String text, String... words) throws IOException {
        Path file = Files.writeString(dir.resolve("key.pem"), text);
        String said = assertThrows(IOException.class, () -> PemFiles.readKey(file), text).getMessage();
        for (String word : words) {
            assertTrue(said.contains(word) && said.contains(file.toString()), said);
        }
    }

    @Test
    void whatNeverEndsIsNotReadToItsEnd() {
        String said = assertThrows(IOException.class, () -> PemFiles.readKey(Path.of("/dev/zero"))).getMessage();
        assertTrue(said.contains("[/dev/zero] is larger than"), said);
    }
}
