package dev.tandem.transport.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.PSSParameterSpec;
import java.util.List;

/** Kinds of keys: what they are called, which transports take them, and how one is read and tried. */
final class KeyKind {
    /** As the JDK calls them; the last three sign, and TLS here takes none of them. */
    private static final List<String> READ = List.of("EC", "RSA", "RSASSA-PSS", "EdDSA", "DSA", "ML-DSA", "XDH");
    private static final String NEEDED = "needed EC P-256 or P-384, or RSA (rsaEncryption) of 2048 bits or more";

    private KeyKind() {
    }

    /** For people: {@code EC P-256}, {@code RSA 2048}, {@code Ed25519}. */
    static String name(Key key) {
        return switch (key) {
            case ECKey curve -> "EC P-" + bits(curve);
            case RSAKey rsa when pss(key) -> "RSA-PSS " + rsa.getModulus().bitLength();
            case RSAKey rsa -> "RSA " + rsa.getModulus().bitLength();
            case EdECKey edwards -> edwards.getParams().getName();
            default -> key.getAlgorithm();
        };
    }

    /** What keeps a certificate's key from one transport or both, in words; null when nothing does. */
    static String fault(PublicKey key) {
        return switch (key) {
            case ECKey curve when bits(curve) == 256 || bits(curve) == 384 -> null;
            case RSAKey rsa when !pss(key) -> rsa.getModulus().bitLength() >= 2048
                    ? null
                    : "is " + name(key) + ", too short; " + NEEDED;
            case ECKey _,RSAKey _,EdECKey _ -> "is " + name(key)
                    + ", which TLS over TCP takes and QUIC does not: with it only --transport tcp works; " + NEEDED;
            default -> "is " + name(key) + ", which TLS takes over neither transport; " + NEEDED;
        };
    }

    private static int bits(ECKey key) {
        return key.getParams().getCurve().getField().getFieldSize();
    }

    private static boolean pss(Key key) {
        return key.getAlgorithm().equals("RSASSA-PSS");
    }

    /** A PKCS#8 key of whatever kind it is; IOException in words when it is none that the JDK knows. */
    static PrivateKey read(byte[] pkcs8) throws IOException {
        GeneralSecurityException first = null;
        for (String algorithm : READ) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (GeneralSecurityException e) {
                first = first == null ? e : first;
            }
        }
        throw new IOException("no key of a kind that is known " + READ + ": " + first.getMessage(), first);
    }

    /** Tried by signing with one and verifying with the other: neither TLS library looks before a peer complains. */
    static boolean belong(PrivateKey key, PublicKey to) {
        try {
            byte[] message = to.getEncoded();
            Signature signer = signature(key);
            signer.initSign(key);
            signer.update(message);
            byte[] signature = signer.sign();
            Signature verifier = signature(key);
            verifier.initVerify(to);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static Signature signature(PrivateKey key) throws GeneralSecurityException {
        return switch (key.getAlgorithm()) {
            case "EC" -> Signature.getInstance("SHA256withECDSA");
            case "RSA" -> Signature.getInstance("SHA256withRSA");
            case "DSA" -> Signature.getInstance("SHA256withDSA");
            case "RSASSA-PSS" -> {
                Signature signature = Signature.getInstance("RSASSA-PSS");
                AlgorithmParameterSpec own = ((RSAKey) key).getParams();
                signature.setParameter(own != null
                        ? own
                        : new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
                yield signature;
            }
            default -> Signature.getInstance(key.getAlgorithm());
        };
    }
}
