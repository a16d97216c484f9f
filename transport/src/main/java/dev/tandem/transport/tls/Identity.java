package dev.tandem.transport.tls;

import java.io.IOException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/** What an end shows of itself: its certificate, followed by intermediate ones, and the key that belongs to it. */
record Identity(PrivateKey key, List<X509Certificate> chain) {
    /** Reads both files; IOException in words when one is unreadable or they do not belong together. */
    static Identity read(Credentials credentials) throws IOException {
        List<X509Certificate> chain = PemFiles.readCertificates(credentials.certificate());
        X509Certificate own = chain.getFirst();
        PrivateKey key = PemFiles.readKey(credentials.key());
        String strange = strange(credentials, key, own);
        if (strange != null) {
            throw new IOException(strange);
        }
        return new Identity(key, chain);
    }

    X509Certificate[] array() {
        return chain.toArray(X509Certificate[]::new);
    }

    /** In words why a key is not the one of a certificate; null when it is. */
    static String strange(Credentials credentials, PrivateKey key, X509Certificate certificate) {
        if (KeyKind.belong(key, certificate.getPublicKey())) {
            return null;
        }
        return "the key [" + credentials.key() + "], " + KeyKind.name(key)
                + ", does not belong to the certificate [" + credentials.certificate() + "], "
                + KeyKind.name(certificate.getPublicKey()) + "; the two must be made together";
    }
}
