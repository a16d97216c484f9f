package dev.tandem.transport.tls;

import dev.tandem.transport.frame.End;
import dev.tandem.transport.session.Causes;
import io.netty.channel.Channel;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslEngine;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The TLS contexts of one end, following its files: {@link #tcp} and {@link #quic} look at the files at most once a
 * second and give contexts of what is there now, so ask again for every connection and keep none. Connections that
 * exist go on with what they have, unless their owner has them judged anew by {@link #judge}. New contexts know no
 * earlier sessions: after a revocation nobody resumes past it. A call that finds changed files reads them, some
 * milliseconds. Thread safe.
 */
public final class TlsContexts implements AutoCloseable {
    /** Less than either end waits for its sockets before it stops the loops, after which nothing is closed any more. */
    private static final long GOODBYE_MILLIS = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(TlsContexts.class);
    private static final AttributeKey<SSLEngine> ENGINE = AttributeKey.valueOf(TlsContexts.class, "engine");

    private final End end;
    private final Refusals refusals = new Refusals();
    private final TlsFiles files;
    /**
     * Signs and verifies for the edge's handshakes over TCP, so that the loops go on with those who are connected: one
     * takes 10 to 100 ms while its code is cold. What waits for it is bounded by the unfinished handshakes that the edge
     * allows. Not for QUIC: what a device sends while its certificate is being verified would be lost, and the device
     * would take its link for one that loses. Null on a device.
     */
    private final ExecutorService tasks;

    private TlsContexts(End end, Credentials credentials, LongSupplier nanoClock)
            throws IOException, GeneralSecurityException {
        this.end = end;
        files = new TlsFiles(end, credentials, nanoClock, refusals);
        tasks = end == End.DEVICE
                ? null
                : Executors.newSingleThreadExecutor(new DefaultThreadFactory("tandem-edge-tls", true));
    }

    /**
     * The edge's: a device without a certificate of the trusted authority is refused. {@link CredentialsException} in
     * words.
     */
    public static TlsContexts edge(Credentials credentials) {
        return of(End.EDGE, credentials, System::nanoTime);
    }

    /** The device's: it shows its certificate and checks the edge's name. {@link CredentialsException} in words. */
    public static TlsContexts device(Credentials credentials) {
        return of(End.DEVICE, credentials, System::nanoTime);
    }

    static TlsContexts of(End end, Credentials credentials, LongSupplier nanoClock) {
        List<String> findings = TlsFiles.findings(end, credentials);
        try {
            TlsContexts made = new TlsContexts(end, credentials, nanoClock);
            findings.forEach(each -> LOG.warn("credentials of this {}: {}", TlsFiles.name(end), each));
            return made;
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new CredentialsException("credentials of this " + TlsFiles.name(end) + " cannot be used: "
                    + (findings.isEmpty() ? Causes.words(e) : String.join("; ", findings)), e);
        }
    }

    /** The current context for TLS over TCP, by the JDK's provider. */
    SslContext tcp() {
        return files.current().tcp();
    }

    /** The edge's handler of a new TCP connection. */
    public SslHandler tcpHandler(Channel channel, Duration handshake) {
        return limited(tcp().newHandler(channel.alloc(), tasks), handshake);
    }

    /** The device's handler of a new TCP connection to {@code host}, whose name the edge's certificate must have. */
    public SslHandler tcpHandler(Channel channel, String host, int port, Duration handshake) {
        return limited(tcp().newHandler(channel.alloc(), host, port), handshake);
    }

    private static SslHandler limited(SslHandler handler, Duration handshake) {
        handler.setHandshakeTimeout(handshake.toMillis(), TimeUnit.MILLISECONDS);
        handler.setCloseNotifyFlushTimeoutMillis(GOODBYE_MILLIS);
        return handler;
    }

    /**
     * The current context for QUIC, by BoringSSL; needs {@code Quic.isAvailable()}. Engines are better made by {@link
     * #quicEngine}, which lets {@link #failure} find them again.
     */
    QuicSslContext quic() {
        return files.current().quic();
    }

    /** The edge's engine of a new QUIC connection: {@code codec.sslEngineProvider(contexts::quicEngine)}. */
    public QuicSslEngine quicEngine(Channel channel) {
        return remember(channel, quic().newEngine(channel.alloc()));
    }

    /** The device's engine of a new QUIC connection to {@code host}, whose name the edge's certificate must have. */
    public QuicSslEngine quicEngine(Channel channel, String host, int port) {
        return remember(channel, quic().newEngine(channel.alloc(), host, port));
    }

    private static QuicSslEngine remember(Channel channel, QuicSslEngine engine) {
        // The channel itself forgets its engine when it closes, which is when its owner asks why.
        channel.attr(ENGINE).set(engine);
        return engine;
    }

    /**
     * A failed handshake in words: why this end refused the other's certificate if it did, else what {@code seen} says.
     * To be asked once a channel; both kinds of channel.
     *
     * @param seen what the channel reported; null: nothing, and then the answer is null too unless this end refused
     */
    public TlsFailure failure(Channel channel, Throwable seen) {
        SslHandler tcp = channel.pipeline().get(SslHandler.class);
        Exception refused = refusals.take(tcp == null ? channel.attr(ENGINE).get() : tcp.engine());
        Throwable cause = refused == null ? seen : refused;
        return cause == null ? null : TlsFailure.of(cause, end);
    }

    /** Looks at the files, if nobody has for a second: connections that exist may have to be judged anew. */
    public void look() {
        files.current();
    }

    /** How often trust, revocation list or identity have changed so far. */
    public int generation() {
        return files.generation();
    }

    /**
     * Judges the other end's certificates by what is trusted and revoked now.
     *
     * @param chain as {@link PeerIdentity#chain} gave it
     * @return null where they are as good as in a handshake
     */
    public TlsFailure judge(List<X509Certificate> chain) {
        try {
            files.current().trust().judge(chain.toArray(X509Certificate[]::new), end);
            return null;
        } catch (CertificateException | RuntimeException e) {
            return TlsFailure.of(e, end);
        }
    }

    /** No more new connections; those that exist go on. */
    @Override
    public void close() {
        files.end();
        if (tasks != null) {
            tasks.shutdown();
        }
    }
}
