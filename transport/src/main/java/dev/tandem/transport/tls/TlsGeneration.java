package dev.tandem.transport.tls;

import dev.tandem.transport.frame.End;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * Both contexts made of one state of the files. TLS 1.3 with certificates of both ends; sessions resume for an hour,
 * never with early data, which could be replayed. QUIC's native context is freed with the garbage collector.
 */
final class TlsGeneration {
    /** ALPN of QUIC, where it is mandatory; docs/wire.md, section 3. */
    static final String PROTOCOL = "tandem";
    private static final String VERSION = "TLSv1.3";
    private static final String HOST_CHECK = "HTTPS";
    /** A resumed session does not look at dates again: this bounds how long an expired certificate can live on. */
    private static final long SESSION_SECONDS = TimeUnit.HOURS.toSeconds(1);

    private final End end;
    private final Identity identity;
    private final PeerTrust trust;
    private final SslContext tcp;
    private QuicSslContext quic;

    TlsGeneration(End end, Identity identity, PeerTrust trust) throws SSLException {
        this.end = end;
        this.identity = identity;
        this.trust = trust;
        SslContextBuilder builder = end == End.EDGE
                ? SslContextBuilder.forServer(identity.key(), identity.array()).clientAuth(ClientAuth.REQUIRE)
                : SslContextBuilder.forClient().keyManager(identity.key(), identity.array())
                        .endpointIdentificationAlgorithm(HOST_CHECK);
        tcp = builder.sslProvider(SslProvider.JDK).protocols(VERSION).trustManager(trust)
                .sessionTimeout(SESSION_SECONDS).build();
    }

    PeerTrust trust() {
        return trust;
    }

    SslContext tcp() {
        return tcp;
    }

    /** Made when first asked for: an end that speaks TCP only needs no native library. */
    synchronized QuicSslContext quic() {
        if (quic == null) {
            QuicSslContextBuilder builder = end == End.EDGE
                    ? QuicSslContextBuilder.forServer(identity.key(), null, identity.array())
                            .clientAuth(ClientAuth.REQUIRE)
                    : QuicSslContextBuilder.forClient().keyManager(identity.key(), null, identity.array())
                            .endpointIdentificationAlgorithm(HOST_CHECK);
            quic = builder.trustManager(trust).applicationProtocols(PROTOCOL).earlyData(false)
                    .sessionTimeout(SESSION_SECONDS).build();
        }
        return quic;
    }
}
