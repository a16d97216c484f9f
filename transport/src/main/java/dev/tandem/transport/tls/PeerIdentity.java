package dev.tandem.transport.tls;

import dev.tandem.transport.frame.Text;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * Who the other end is.
 *
 * @param name for people: the subject's common name, which several certificates may share
 * @param fingerprint for decisions: SHA-256 of the certificate in hex, so the same for all connections of one device and
 *        of no other
 */
public record PeerIdentity(String name, String fingerprint) {
    /** Of a certificate that the handshake has checked. */
    public static PeerIdentity of(X509Certificate certificate) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return new PeerIdentity(HostNames.peerName(certificate), HexFormat.of().formatHex(hash));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no SHA-256 of the certificate of [" + certificate.getSubjectX500Principal()
                    + "], which the handshake took", e);
        }
    }

    /** The other end's certificate and those that vouch for it. */
    public static List<X509Certificate> chain(SSLSession session) throws SSLPeerUnverifiedException {
        return Arrays.stream(session.getPeerCertificates()).map(X509Certificate.class::cast).toList();
    }

    /** Of somebody without a certificate, whose address is all that is known. */
    public static PeerIdentity unproven(String name, Object address) {
        return new PeerIdentity(Text.plain(name), "address " + address);
    }
}
