package dev.tandem.transport.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** Certificates and private keys in PEM files, by the JDK's own parsers. */
final class PemFiles {
    private static final String OWNER_ONLY = "rw-------";
    private static final String OTHERS_READ = "rw-r--r--";

    private PemFiles() {
    }

    static void writePublic(Path file, String label, byte[] der) throws IOException {
        write(file, label, der, OTHERS_READ);
    }

    /** The file never exists with wider permissions, not even for a moment. */
    static void writePrivate(Path file, String label, byte[] der) throws IOException {
        write(file, label, der, OWNER_ONLY);
    }

    private static void write(Path file, String label, byte[] der, String permissions) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(der);
        String text = "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
        FileAttribute<?>[] attributes = Files.getFileStore(file.toAbsolutePath().getParent())
                .supportsFileAttributeView("posix")
                        ? new FileAttribute<?>[]{
                                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))}
                        : new FileAttribute<?>[0];
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (SeekableByteChannel out = Files.newByteChannel(file, options, attributes)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
        } catch (FileAlreadyExistsException e) {
            throw new IOException("writing [" + file + "]: it exists already and is not overwritten; "
                    + "choose another folder or move it away", e);
        }
    }

    /** All certificates of a file, in order; IOException in words when there is none. */
    static List<X509Certificate> readCertificates(Path file) throws IOException {
        List<X509Certificate> certificates = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file)) {
            CertificateFactory.getInstance("X.509").generateCertificates(in)
                    .forEach(each -> certificates.add((X509Certificate) each));
        } catch (CertificateException e) {
            throw new IOException("[" + file + "] holds no PEM certificate: " + e.getMessage(), e);
        }
        if (certificates.isEmpty()) {
            throw new IOException("[" + file + "] holds no PEM certificate");
        }
        return certificates;
    }

    /** A PKCS#8 key without password, of the algorithm of its certificate. */
    static PrivateKey readKey(Path file, String algorithm) throws IOException {
        String text = Files.readString(file, StandardCharsets.US_ASCII);
        int from = text.indexOf("-----BEGIN PRIVATE KEY-----");
        int to = text.indexOf("-----END PRIVATE KEY-----");
        if (from < 0 || to < from) {
            throw new IOException("[" + file + "] holds no PKCS#8 private key in PEM without password "
                    + "(BEGIN PRIVATE KEY); convert it with `openssl pkcs8 -topk8 -nocrypt`");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(text.substring(text.indexOf('\n', from), to));
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException("[" + file + "] is no " + algorithm + " key: " + e.getMessage(), e);
        }
    }

    /** Whether others than the owner can read a file; false where the file system knows no permissions. */
    static boolean readableByOthers(Path file) throws IOException {
        if (!Files.getFileStore(file).supportsFileAttributeView("posix")) {
            return false;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        return permissions.contains(PosixFilePermission.GROUP_READ)
                || permissions.contains(PosixFilePermission.OTHERS_READ);
    }
}
