package dev.tandem.transport.tls;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * An authority in a temporary key store that issues and revokes certificates as PEM files in a folder. Not thread safe.
 */
final class DevelopmentAuthority implements AutoCloseable {
    static final String SERVER = "serverAuth";
    static final String CLIENT = "clientAuth";
    private static final String ALIAS = "ca";
    private static final int YEARS_10 = 3_650;
    static final String REVOKED_FILE = "revoked.pem";

    private final Path dir;
    private final Path temporary;
    private final Keytool keytool;

    /** Makes the authority itself, ca.pem and ca-key.pem, and its empty revocation list, revoked.pem. */
    DevelopmentAuthority(Path dir, String name) throws IOException {
        this(dir);
        keytool.generate(ALIAS, "CN=" + name, null, "-1H", YEARS_10,
                List.of("bc:critical=ca:true,pathlen:0", "ku:critical=keyCertSign,cRLSign"));
        write(ALIAS);
        revoke(List.of());
    }

    private DevelopmentAuthority(Path dir) throws IOException {
        Files.createDirectories(dir);
        this.dir = dir;
        this.temporary = Files.createTempDirectory(dir, ".making");
        this.keytool = new Keytool(temporary.resolve("store.p12"));
    }

    /** The authority that was made in a folder earlier. */
    static DevelopmentAuthority open(Path dir) throws IOException {
        X509Certificate certificate = PemFiles.readCertificates(dir.resolve(ALIAS + ".pem")).getFirst();
        PrivateKey key = PemFiles.readKey(dir.resolve(ALIAS + "-key.pem"), certificate.getPublicKey().getAlgorithm());
        DevelopmentAuthority authority = new DevelopmentAuthority(dir);
        try (OutputStream out = Files.newOutputStream(authority.keytool.store())) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(ALIAS, key, authority.keytool.password(), new Certificate[]{certificate});
            store.store(out, authority.keytool.password());
        } catch (GeneralSecurityException e) {
            authority.close();
            throw new IOException("using the authority in [" + dir + "] failed: " + e.getMessage(), e);
        }
        return authority;
    }

    /** Adds a certificate to revoked.pem, which is made when it is missing and replaced in one step. */
    Path revoke(X509Certificate certificate) throws IOException {
        Path file = dir.resolve(REVOKED_FILE);
        List<String> entries = new ArrayList<>();
        if (Files.exists(file)) {
            RevocationList earlier = RevocationList.read(file, PemFiles.readCertificates(dir.resolve(ALIAS + ".pem")));
            if (earlier.reason(certificate) != null) {
                return file;
            }
            entries.addAll(earlier.entries());
        }
        entries.add(certificate.getSerialNumber().toString());
        return revoke(entries);
    }

    private Path revoke(List<String> entries) throws IOException {
        Path made = temporary.resolve(REVOKED_FILE);
        Path file = dir.resolve(REVOKED_FILE);
        keytool.revoke(ALIAS, entries, YEARS_10, made);
        return Files.move(made, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
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
        return new Credentials(dir.resolve(name + ".pem"), dir.resolve(name + "-key.pem"), dir.resolve(ALIAS + ".pem"),
                dir.resolve(REVOKED_FILE));
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
