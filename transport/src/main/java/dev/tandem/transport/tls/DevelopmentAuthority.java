package dev.tandem.transport.tls;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * An authority in a temporary key store that issues and revokes certificates as PEM files in a folder, where they are
 * once {@link #publish} has been called, and else never. Not thread safe.
 */
final class DevelopmentAuthority implements AutoCloseable {
    static final String SERVER = "serverAuth";
    static final String CLIENT = "clientAuth";
    static final String REVOKED_FILE = "revoked.pem";
    static final String FILE = "ca.pem";
    private static final String ALIAS = "ca";
    private static final String KEY_FILE = "ca-key.pem";
    private static final String STORE_FILE = "store.p12";
    private static final int YEARS_10 = 3_650;

    private final Path from;
    private final Path out;
    private final NewFiles files;
    private final Keytool keytool;

    /** Makes the authority itself, ca.pem and ca-key.pem, and its empty revocation list, revoked.pem. */
    DevelopmentAuthority(Path dir, String name) throws IOException {
        this(dir, dir);
        try {
            keytool.generate(ALIAS, "CN=" + name, null, "-1H", YEARS_10,
                    List.of("bc:critical=ca:true,pathlen:0", "ku:critical=keyCertSign,cRLSign"));
            write(ALIAS);
            keytool.revoke(ALIAS, List.of(), YEARS_10, files.making().resolve(REVOKED_FILE));
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private DevelopmentAuthority(Path from, Path out) throws IOException {
        this.from = from;
        this.out = out;
        this.files = new NewFiles(out);
        this.keytool = new Keytool(files.making().resolve(STORE_FILE));
    }

    /**
     * The authority that was made in a folder earlier.
     *
     * @param out where what it issues goes: the same folder or another
     */
    static DevelopmentAuthority open(Path from, Path out) throws IOException {
        X509Certificate certificate = PemFiles.readCertificates(from.resolve(FILE)).getFirst();
        PrivateKey key = PemFiles.readKey(from.resolve(KEY_FILE));
        DevelopmentAuthority authority = new DevelopmentAuthority(from, out);
        try (OutputStream store = Files.newOutputStream(authority.keytool.store())) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(null, null);
            keys.setKeyEntry(ALIAS, key, authority.keytool.password(), new Certificate[]{certificate});
            keys.store(store, authority.keytool.password());
        } catch (GeneralSecurityException | IOException e) {
            authority.close();
            throw new IOException("using the authority in [" + from + "] failed: " + e.getMessage(), e);
        }
        return authority;
    }

    /** Adds a certificate to revoked.pem, which is made when it is missing and replaced in one step, at once. */
    Path revoke(X509Certificate certificate) throws IOException {
        Path file = from.resolve(REVOKED_FILE);
        List<String> entries = new ArrayList<>();
        if (Files.exists(file)) {
            RevocationList earlier = RevocationList.read(file, PemFiles.readCertificates(from.resolve(FILE)));
            if (earlier.reason(certificate) != null) {
                return file;
            }
            entries.addAll(earlier.entries());
        }
        entries.add(certificate.getSerialNumber().toString());
        keytool.revoke(ALIAS, entries, YEARS_10, files.making().resolve(REVOKED_FILE));
        return files.replace(REVOKED_FILE);
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
        return new Credentials(out.resolve(name + ".pem"), out.resolve(name + "-key.pem"), out.resolve(FILE),
                out.resolve(REVOKED_FILE));
    }

    /** Puts what another end needs of the authority, its certificate and its revocation list, beside what is issued. */
    void copyTrust() throws IOException {
        Files.copy(from.resolve(FILE), files.making().resolve(FILE));
        if (Files.exists(from.resolve(REVOKED_FILE))) {
            Files.copy(from.resolve(REVOKED_FILE), files.making().resolve(REVOKED_FILE));
        }
    }

    private void write(String alias) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance(keytool.store().toFile(), keytool.password());
            Key key = store.getKey(alias, keytool.password());
            PemFiles.writePublic(files.making().resolve(alias + ".pem"), "CERTIFICATE",
                    store.getCertificate(alias).getEncoded());
            PemFiles.writePrivate(files.making().resolve(alias + "-key.pem"), "PRIVATE KEY", key.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IOException("reading the new certificate [" + alias + "] back failed", e);
        }
    }

    /** Puts all that was made where it belongs, or nothing. */
    void publish() throws IOException {
        Files.delete(keytool.store());
        files.publish();
    }

    /** Deletes the key store, and what was not published. */
    @Override
    public void close() {
        files.close();
    }
}
