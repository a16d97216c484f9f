package dev.tandem.transport.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A list whose critical extension says that it is not the whole of it must not be used as if it were: what it leaves
 * out would count as not revoked. The lists are made by hand, since keytool makes none with extensions.
 */
class RevocationExtensionsTest {
    /** Identifier and value, in DER. */
    private record Extension(String id, String value) {}

    private static final Extension DELTA = new Extension("0603551d1b", "020101");
    private static final Extension ONLY_USERS = new Extension("0603551d1c", "30038101ff");
    private static final Extension UNKNOWN = new Extension("06052b06010405", "020101");
    private static final byte[] CRITICAL = {1, 1, (byte) 0xFF};

    @Test
    void refusesAListWithACriticalExtension(@TempDir Path dir) throws Exception {
        List<X509Certificate> authorities = PemFiles.readCertificates(TestCertificates.DIR.resolve("ours/ca.pem"));
        for (Extension extension : List.of(DELTA, ONLY_USERS, UNKNOWN)) {
            Path list = dir.resolve(extension.id());
            Files.write(list, list(authorities.getFirst(), extension, CRITICAL));
            String words = assertThrows(IOException.class, () -> RevocationList.read(list, authorities)).getMessage();
            assertTrue(words.contains("critical extensions") && words.contains("a complete list"), words);
        }
    }

    @Test
    void takesAListWithAnExtensionThatMayBeIgnored(@TempDir Path dir) throws Exception {
        List<X509Certificate> authorities = PemFiles.readCertificates(TestCertificates.DIR.resolve("ours/ca.pem"));
        Path list = dir.resolve("list");
        Files.write(list, list(authorities.getFirst(), UNKNOWN, new byte[0]));
        assertEquals(List.of(), RevocationList.read(list, authorities).entries());
    }

    /** RFC 5280, section 5.1: nothing revoked, one extension. */
    private static byte[] list(X509Certificate authority, Extension extension, byte[] critical)
            throws IOException, GeneralSecurityException {
        PrivateKey key = PemFiles.readKey(TestCertificates.DIR.resolve("ours/ca-key.pem"));
        byte[] algorithm = der(0x30, HexFormat.of().parseHex("06082a8648ce3d040302")); // ECDSA with SHA-256
        byte[] value = der(0x04, HexFormat.of().parseHex(extension.value()));
        byte[] extensions = der(0xA0, der(0x30, der(0x30, HexFormat.of().parseHex(extension.id()), critical, value)));
        byte[] list = der(0x30, der(0x02, new byte[]{1}), algorithm, authority.getSubjectX500Principal().getEncoded(),
                der(0x17, "250101000000Z".getBytes()), der(0x17, "350101000000Z".getBytes()), extensions);
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(key);
        signature.update(list);
        return der(0x30, list, algorithm, der(0x03, new byte[1], signature.sign()));
    }

    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] each : parts) {
            content.writeBytes(each);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.size() > 0x7F) {
            out.write(0x82);
            out.write(content.size() >> 8);
        }
        out.write(content.size());
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }
}
