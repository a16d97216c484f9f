package dev.tandem.hil.lab.sharing;

import dev.tandem.command.ThrowawayCertificates;
import dev.tandem.transport.tls.Credentials;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Certificates for as many devices as a trial wants, signed by the authority of throwaway ones, which goes with {@link
 * #close}. The cryptography is the JDK's keytool. Any thread.
 */
public final class LabAuthority implements AutoCloseable {
    private static final char[] PASSWORD = "laboratory".toCharArray();

    private final ThrowawayCertificates made = ThrowawayCertificates.make();
    private final Path store = made.folder().resolve("lab.p12");
    private final Map<String, Credentials> devices = new HashMap<>();

    /** Makes them; some seconds. */
    public LabAuthority() throws IOException {
        try (OutputStream out = Files.newOutputStream(store)) {
            Certificate certificate;
            try (InputStream in = Files.newInputStream(made.folder().resolve("ca.pem"))) {
                certificate = CertificateFactory.getInstance("X.509").generateCertificate(in);
            }
            String pem = Files.readString(made.folder().resolve("ca-key.pem")).replaceAll("-----[A-Z ]+-----", "");
            PrivateKey key = KeyFactory.getInstance("EC")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem)));
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(null, null);
            keys.setKeyEntry("ca", key, PASSWORD, new Certificate[]{certificate});
            keys.store(out, PASSWORD);
        } catch (GeneralSecurityException e) {
            throw new IOException("using the trial's authority in [" + made.folder() + "] failed", e);
        }
    }

    /** The folder that the edge is given. */
    Path folder() {
        return made.folder();
    }

    /** The edge's. */
    public Credentials edge() {
        return made.edge();
    }

    /** The one that every trial has. */
    public Credentials polite() {
        return made.device();
    }

    /** A device's, with this common name; the same one for the same name. */
    public synchronized Credentials device(String name) throws IOException {
        return named(name, name);
    }

    /** A device's, with any common name in the notation of RFC 2253, its files and entry under another. */
    synchronized Credentials named(String alias, String commonName) throws IOException {
        Credentials known = devices.get(alias);
        if (known == null) {
            known = issue(alias, commonName);
            devices.put(alias, known);
        }
        return known;
    }

    private Credentials issue(String alias, String commonName) throws IOException {
        run("-genkeypair", "-alias", alias, "-dname", "CN=" + commonName, "-keyalg", "EC", "-groupname", "secp256r1",
                "-startdate", "-1H", "-validity", "30", "-signer", "ca", "-ext", "ku:critical=digitalSignature", "-ext",
                "eku=clientAuth");
        try {
            KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD);
            Path certificate = write(alias + ".pem", "CERTIFICATE", keys.getCertificate(alias).getEncoded());
            Path key = write(alias + "-key.pem", "PRIVATE KEY", keys.getKey(alias, PASSWORD).getEncoded());
            return new Credentials(certificate, key, made.device().trust(), made.device().revoked());
        } catch (GeneralSecurityException e) {
            throw new IOException("reading the new certificate [" + alias + "] back failed", e);
        }
    }

    private Path write(String name, String kind, byte[] der) throws IOException {
        String text = "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der)
                + "\n-----END " + kind + "-----\n";
        Path file = made.folder().resolve(name);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, text);
    }

    private void run(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                        "-J-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storetype", "PKCS12", "-keystore", store.toString(), "-storepass",
                new String(PASSWORD)));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("making a device's certificate with keytool failed: [" + words + "]");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("making a device's certificate was interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }

    @Override
    public void close() {
        made.close();
    }
}
