package dev.tandem.transport.netty;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;

/** An authority in a temporary key store that issues certificates as PEM files into a folder. Not thread safe. */
final class DevelopmentAuthority implements AutoCloseable {
    static final String SERVER = "serverAuth";
    static final String CLIENT = "clientAuth";
    private static final String ALIAS = "ca";
    private static final int YEARS_10 = 3_650;

    private final Path dir;
    private final Path temporary;
    private final Keytool keytool;

    /** Makes the authority itself: ca.pem and ca-key.pem. */
    DevelopmentAuthority(Path dir, String name) throws IOException {
        Files.createDirectories(dir);
        this.dir = dir;
        this.temporary = Files.createTempDirectory(dir, ".making");
        this.keytool = new Keytool(temporary.resolve("store.p12"));
        keytool.generate(ALIAS, "CN=" + name, null, "-1H", YEARS_10,
                List.of("bc:critical=ca:true,pathlen:0", "ku:critical=keyCertSign,cRLSign"));
        write(ALIAS);
    }

    /**
     * Issues {@code name}.pem and {@code name}-key.pem.
     *
     * @param usage {@link #SERVER} or {@link #CLIENT}
     * @param hosts names or addresses it is valid for; may be empty
     */
    Credentials issue(String name, String commonName, String usage, List<String> hosts, String start, int days)
            throws IOException {
        List<String> extensions = new ArrayList<>(
                List.of("ku:critical=digitalSignature", "eku=" + usage));
        if (!hosts.isEmpty()) {
            List<String> names = hosts.stream().map(each -> (HostNames.isAddress(each) ? "ip:" : "dns:") + each)
                    .toList();
            extensions.add("san=" + String.join(",", names));
        }
        keytool.generate(name, "CN=" + commonName, ALIAS, start, days, extensions);
        write(name);
        return new Credentials(dir.resolve(name + ".pem"), dir.resolve(name + "-key.pem"), dir.resolve(ALIAS + ".pem"));
    }

    private void write(String alias) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance(keytool.store().toFile(), keytool.password());
            Key key = store.getKey(alias, keytool.password());
            PemFiles.writePublic(dir.resolve(alias + ".pem"), "CERTIFICATE", store.getCertificate(alias).getEncoded());
            PemFiles.writePrivate(dir.resolve(alias + "-key.pem"), "PRIVATE KEY", key.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IOException("reading the new certificate [" + alias + "] back failed", e);
        }
    }

    /** Deletes the key store; the PEM files stay. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(keytool.store());
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            throw new UncheckedIOException("deleting the temporary key store [" + temporary + "] failed; delete it", e);
        }
    }
}
