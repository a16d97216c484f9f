package dev.tandem.transport.netty;

import io.netty.channel.Channel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** TLS 1.3 with certificates of both ends, by the JDK's provider. Problems of the own files are logged at once, in words. */
final class Tls {
    private static final Logger LOG = LoggerFactory.getLogger(Tls.class);
    private static final String VERSION = "TLSv1.3";

    private Tls() {
    }

    /** The edge's context: a device without a certificate of the trusted authority is refused. */
    static SslContext edge(Credentials credentials) {
        warn("edge", Certificates.checkEdge(credentials));
        try {
            return SslContextBuilder.forServer(credentials.certificate().toFile(), credentials.key().toFile())
                    .sslProvider(SslProvider.JDK).protocols(VERSION).clientAuth(ClientAuth.REQUIRE)
                    .trustManager(credentials.trust().toFile()).build();
        } catch (SSLException | IllegalArgumentException e) {
            throw unusable("edge", credentials, e);
        }
    }

    /** The device's context: it presents its certificate and checks the edge's name. */
    static SslContext device(Credentials credentials) {
        warn("device", Certificates.check(credentials, null));
        try {
            return SslContextBuilder.forClient().sslProvider(SslProvider.JDK).protocols(VERSION)
                    .keyManager(credentials.certificate().toFile(), credentials.key().toFile())
                    .trustManager(credentials.trust().toFile()).endpointIdentificationAlgorithm("HTTPS").build();
        } catch (SSLException | IllegalArgumentException e) {
            throw unusable("device", credentials, e);
        }
    }

    static SslHandler edgeHandler(SslContext context, Channel channel, Duration handshake) {
        return limited(context.newHandler(channel.alloc()), handshake);
    }

    static SslHandler deviceHandler(SslContext context, Channel channel, String host, int port, Duration handshake) {
        return limited(context.newHandler(channel.alloc(), host, port), handshake);
    }

    private static SslHandler limited(SslHandler handler, Duration handshake) {
        handler.setHandshakeTimeout(handshake.toMillis(), TimeUnit.MILLISECONDS);
        return handler;
    }

    private static void warn(String end, List<String> findings) {
        findings.forEach(each -> LOG.warn("credentials of this {}: {}", end, each));
    }

    private static IllegalArgumentException unusable(String end, Credentials credentials, Exception cause) {
        List<String> findings = end.equals("edge")
                ? Certificates.checkEdge(credentials)
                : Certificates.check(credentials, null);
        return new IllegalArgumentException("credentials of this " + end + " cannot be used: "
                + (findings.isEmpty() ? cause.getMessage() : String.join("; ", findings)), cause);
    }
}
