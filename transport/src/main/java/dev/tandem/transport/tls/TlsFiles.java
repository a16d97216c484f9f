package dev.tandem.transport.tls;

import dev.tandem.transport.frame.End;
import dev.tandem.transport.session.Causes;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Certificate, trust and revocation list of one end as its files have them now: looks at them at most once a second and
 * makes new contexts of what has changed. New contexts know no earlier sessions: after a revocation nobody resumes past
 * it. Thread safe.
 */
final class TlsFiles {
    static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final Logger LOG = LoggerFactory.getLogger(TlsFiles.class);

    private final End end;
    private final Credentials credentials;
    private final LongSupplier nanoClock;
    private final Refusals refusals;
    private final Watched<Identity> identity;
    private final Watched<List<X509Certificate>> trust;
    private final Watched<RevocationList> revoked;
    private long lookedAt;
    private TlsGeneration current;
    private volatile int generation;

    TlsFiles(End end, Credentials credentials, LongSupplier nanoClock, Refusals refusals)
            throws IOException, GeneralSecurityException {
        this.end = end;
        this.credentials = credentials;
        this.nanoClock = nanoClock;
        this.refusals = refusals;
        lookedAt = nanoClock.getAsLong();
        identity = new Watched<>("the certificate and key of this " + name(end),
                List.of(credentials.certificate(), credentials.key()), () -> Identity.read(credentials));
        trust = new Watched<>("the trust of this " + name(end), List.of(credentials.trust()),
                () -> PemFiles.readCertificates(credentials.trust()));
        revoked = new Watched<>("the revocation list of this " + name(end),
                credentials.revoked() == null ? List.of() : List.of(credentials.revoked(), credentials.trust()),
                () -> RevocationList.read(credentials.revoked(), trust.value()));
        current = made();
    }

    /** What is wrong with them, in words; empty where nothing is. */
    static List<String> findings(End end, Credentials credentials) {
        return end == End.EDGE ? Certificates.checkEdge(credentials) : Certificates.check(credentials, null);
    }

    /** How often trust, revocation list or identity have changed so far. */
    int generation() {
        return generation;
    }

    /** Contexts of what the files have; a call that finds changed files reads them, some milliseconds. */
    synchronized TlsGeneration current() {
        if (current == null) {
            throw new IllegalStateException("TLS of this " + name(end) + " is closed");
        }
        long now = nanoClock.getAsLong();
        if (now - lookedAt >= LOOK_NANOS) {
            lookedAt = now;
            follow();
        }
        return current;
    }

    /** Trust before the revocation list, which is verified by it; no short cut, each must look. */
    private void follow() {
        boolean changed = trust.look() | identity.look() | revoked.look();
        if (!changed) {
            return;
        }
        try {
            current = made();
            generation++;
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            LOG.error("the new credentials of this {} cannot be used [{}]; the earlier ones stay in use", name(end),
                    Causes.words(e));
            return;
        }
        findings(end, credentials)
                .forEach(each -> LOG.warn("new credentials of this {}: {}", name(end), each));
    }

    private TlsGeneration made() throws IOException, GeneralSecurityException {
        return new TlsGeneration(end, identity.value(), new PeerTrust(trust.value(), revoked.value(), refusals));
    }

    static String name(End end) {
        return end == End.EDGE ? "edge" : "device";
    }

    /** No more contexts. */
    synchronized void end() {
        current = null;
    }
}
