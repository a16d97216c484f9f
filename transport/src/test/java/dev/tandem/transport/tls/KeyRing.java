package dev.tandem.transport.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;

/** Certificates with keys of any kind, all of one authority, by the JDK's keytool. */
final class KeyRing {
    private static final String PASSWORD = "test-only";

    private final Path dir;
    private final Path store;

    KeyRing(Path dir, String... key) throws Exception {
        this.dir = Files.createDirectories(dir);
        this.store = dir.resolve("store.p12");
        keytool("ca", List.of(key), List.of("-ext", "bc:critical=ca:true"));
        write("ca");
    }

    /** Good for both ends on localhost; {@code key} are keytool's options for its kind. */
    Credentials issue(String name, String... key) throws Exception {
        keytool(name, List.of(key), List.of("-signer", "ca", "-ext", "san=dns:localhost", "-ext",
                "eku=serverAuth,clientAuth", "-ext", "ku:critical=digitalSignature"));
        write(name);
        return new Credentials(dir.resolve(name + ".pem"), dir.resolve(name + "-key.pem"), dir.resolve("ca.pem"));
    }

    private void keytool(String alias, List<String> key, List<String> more) throws Exception {
        List<String> words = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/keytool").toString(),
                "-genkeypair", "-alias", alias, "-dname", "CN=" + alias, "-startdate", "-1H", "-keystore",
                store.toString(), "-storepass", PASSWORD));
        words.addAll(key);
        words.addAll(more);
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(text);
        }
    }

    private void write(String alias) throws Exception {
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        Key key = keys.getKey(alias, PASSWORD.toCharArray());
        PemFiles.writePublic(dir.resolve(alias + ".pem"), "CERTIFICATE", keys.getCertificate(alias).getEncoded());
        Path file = dir.resolve(alias + "-key.pem");
        PemFiles.writePrivate(file, "PRIVATE KEY", key.getEncoded());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
