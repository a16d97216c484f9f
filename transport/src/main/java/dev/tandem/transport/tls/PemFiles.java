package dev.tandem.transport.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CRL;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** Certificates, private keys and revocation lists in PEM files, by the JDK's own parsers. */
final class PemFiles {
    private static final String OWNER_ONLY = "rw-------";
    private static final String OTHERS_READ = "rw-r--r--";
    private static final List<String> CERTIFICATES = List.of("CERTIFICATE", "X509 CERTIFICATE", "PKCS7");

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
        }
    }

    /** All certificates of a file, in order, PEM or DER; IOException in words when there is none. */
    static List<X509Certificate> readCertificates(Path file) throws IOException {
        PemBlocks pem = PemBlocks.read(file);
        List<byte[]> found = pem.isEmpty() ? List.of(pem.whole()) : pem.contents(CERTIFICATES);
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            for (byte[] der : found) {
                CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(der))
                        .forEach(each -> certificates.add((X509Certificate) each));
            }
        } catch (CertificateException e) {
            throw new IOException("[" + file + "] holds no " + (pem.isEmpty() ? "PEM certificate" : "valid certificate")
                    + ": " + e.getMessage(), e);
        }
        if (certificates.isEmpty()) {
            throw new IOException("[" + file + "] holds no PEM certificate [it has " + pem.labels()
                    + "]; needed a block CERTIFICATE");
        }
        return certificates;
    }

    /** The first PKCS#8 key without password, of any kind; IOException in words when there is none. */
    static PrivateKey readKey(Path file) throws IOException {
        PemBlocks pem = PemBlocks.read(file);
        List<byte[]> keys = pem.contents(List.of("PRIVATE KEY"));
        if (keys.isEmpty()) {
            String remedy = pem.has("ENCRYPTED PRIVATE KEY")
                    ? "take its password off with `openssl pkey -in FILE -out NEW`"
                    : "convert it with `openssl pkcs8 -topk8 -nocrypt`";
            throw new IOException("[" + file + "] holds no PKCS#8 private key in PEM without password [it has "
                    + pem.labels() + "]; needed a block PRIVATE KEY: " + remedy);
        }
        try {
            return KeyKind.read(keys.getFirst());
        } catch (IOException e) {
            throw new IOException("the block PRIVATE KEY in [" + file + "] is " + e.getMessage(), e);
        }
    }

    /** All revocation lists of a file, PEM or DER; none gives an empty list. */
    static List<X509CRL> readLists(Path file) throws IOException {
        PemBlocks pem = PemBlocks.read(file);
        List<X509CRL> lists = new ArrayList<>();
        try {
            for (byte[] der : pem.isEmpty() ? List.of(pem.whole()) : pem.contents(List.of("X509 CRL"))) {
                for (CRL each : CertificateFactory.getInstance("X.509").generateCRLs(new ByteArrayInputStream(der))) {
                    lists.add((X509CRL) each);
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IOException("[" + file + "] holds no X.509 revocation list: " + e.getMessage(), e);
        }
        return lists;
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
