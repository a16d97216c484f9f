package dev.tandem.transport.tls;

import dev.tandem.transport.frame.End;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Judges the other end's certificate: path, dates, key usage and the edge's name by the JDK's PKIX trust manager, then
 * the revocation list. The same for TCP and QUIC. What refused a peer is kept by engine, because QUIC reports no more
 * than "TLS failed".
 */
final class PeerTrust extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager pkix;
    private final RevocationList revoked;
    private final Refusals refusals;

    PeerTrust(List<X509Certificate> authorities, RevocationList revoked, Refusals refusals)
            throws GeneralSecurityException {
        this.pkix = pkix(authorities);
        this.revoked = revoked;
        this.refusals = refusals;
    }

    private static X509ExtendedTrustManager pkix(List<X509Certificate> authorities) throws GeneralSecurityException {
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        try {
            anchors.load(null, null);
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
        for (int i = 0; i < authorities.size(); i++) {
            anchors.setCertificateEntry(Integer.toString(i), authorities.get(i));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(anchors);
        for (TrustManager each : factory.getTrustManagers()) {
            if (each instanceof X509ExtendedTrustManager found) {
                return found;
            }
        }
        throw new GeneralSecurityException("the JDK's PKIX trust manager cannot check host names");
    }

    private interface Check {
        void run() throws CertificateException;
    }

    private void check(X509Certificate[] chain, SSLEngine engine, Check path) throws CertificateException {
        try {
            path.run();
            revoked.check(chain);
        } catch (CertificateException | RuntimeException e) {
            refusals.add(engine, e);
            throw e;
        }
    }

    /** Judges a peer of a connection that exists, whose name was checked when it began. */
    void judge(X509Certificate[] chain, End here) throws CertificateException {
        String key = chain[0].getPublicKey().getAlgorithm();
        if (here == End.EDGE) {
            pkix.checkClientTrusted(chain, key);
        } else {
            pkix.checkServerTrusted(chain, key);
        }
        revoked.check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain, engine, () -> pkix.checkClientTrusted(chain, authType, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain, engine, () -> pkix.checkServerTrusted(chain, authType, engine));
    }

    // Without an engine there is no name to check and nobody to tell: Netty never calls these.

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
        throw new UnsupportedOperationException("TLS over a plain socket");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
        throw new UnsupportedOperationException("TLS over a plain socket");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {
        throw new UnsupportedOperationException("a check without engine");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {
        throw new UnsupportedOperationException("a check without engine");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return pkix.getAcceptedIssuers();
    }
}
