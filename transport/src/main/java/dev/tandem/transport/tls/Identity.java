package dev.tandem.transport.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;

/** What an end shows of itself: its certificate, followed by intermediate ones, and the key that belongs to it. */
record Identity(PrivateKey key, List<X509Certificate> chain) {
    /** Reads both files; IOException in words when one is unreadable or they do not belong together. */
    static Identity read(Credentials credentials) throws IOException {
        List<X509Certificate> chain = PemFiles.readCertificates(credentials.certificate());
        X509Certificate own = chain.getFirst();
        PrivateKey key = PemFiles.readKey(credentials.key(), own.getPublicKey().getAlgorithm());
        if (!belongs(key, own)) {
            throw new IOException("the key [" + credentials.key() + "] does not belong to the certificate ["
                    + credentials.certificate() + "]; the two must be made together");
        }
        return new Identity(key, chain);
    }

    X509Certificate[] array() {
        return chain.toArray(X509Certificate[]::new);
    }

    /** Tried by signing with one and verifying with the other: neither TLS library looks before a peer complains. */
    static boolean belongs(PrivateKey key, X509Certificate certificate) {
        String algorithm = switch (key.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> key.getAlgorithm();
        };
        try {
            byte[] message = certificate.getEncoded();
            Signature signer = Signature.getInstance(algorithm);
            signer.initSign(key);
            signer.update(message);
            byte[] signature = signer.sign();
            signer.initVerify(certificate.getPublicKey());
            signer.update(message);
            return signer.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
