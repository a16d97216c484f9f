package dev.tandem.transport.tls;

import dev.tandem.transport.frame.End;
import dev.tandem.transport.frame.ErrorCode;
import dev.tandem.transport.frame.Text;
import dev.tandem.transport.session.Causes;
import io.netty.handler.codec.quic.QuicClosedChannelException;
import io.netty.handler.codec.quic.QuicConnectionCloseEvent;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateRevokedException;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A failed handshake in words.
 *
 * @param code one of TLS_FAILED and the CERTIFICATE codes
 * @param reason what was found, what was needed, what to do
 */
public record TlsFailure(ErrorCode code, String reason) {
    /**
     * Alerts that say the other end refused this end's certificate: 42 to 46, unknown authority, access denied, none
     * given.
     */
    private static final Set<Integer> CERTIFICATE_ALERTS = Set.of(42, 43, 44, 45, 46, 48, 49, 116);
    /** What BoringSSL sends when a trust manager refuses without a reason that it knows. */
    private static final int INTERNAL_ERROR = 80;

    /** Names in certificates are chosen by others: the reason is fit to be shown. */
    public TlsFailure {
        reason = Text.plain(reason);
    }

    /** What a handshake failure means on this end. */
    public static TlsFailure of(Throwable failure, End here) {
        String other = here == End.DEVICE ? "edge" : "device";
        String text = Causes.of(failure).map(Throwable::toString).collect(Collectors.joining(" <- "))
                .toLowerCase(Locale.ROOT);
        if (has(failure, CertificateExpiredException.class)) {
            return new TlsFailure(ErrorCode.CERTIFICATE_EXPIRED, "the " + other + "'s certificate has expired ["
                    + message(failure, CertificateExpiredException.class)
                    + "] by this machine's clock [" + Instant.now()
                    + "]; it needs a new one, or this clock must be set");
        }
        if (has(failure, CertificateNotYetValidException.class)) {
            return new TlsFailure(ErrorCode.CERTIFICATE_EXPIRED, "the " + other + "'s certificate is not valid yet ["
                    + message(failure, CertificateNotYetValidException.class)
                    + "] by this machine's clock [" + Instant.now() + "]; one of the two clocks is wrong");
        }
        if (has(failure, CertificateRevokedException.class)) {
            return new TlsFailure(ErrorCode.CERTIFICATE_REVOKED, "the " + other + "'s " + failure.getMessage()
                    + "; it needs a new certificate, if it is to be let in again");
        }
        if (has(failure, NotSslRecordException.class)) {
            return new TlsFailure(ErrorCode.TLS_FAILED, "the " + other + " does not speak TLS on this port");
        }
        if (has(failure, SslHandshakeTimeoutException.class)) {
            return new TlsFailure(ErrorCode.HANDSHAKE_TIMEOUT,
                    "the " + other + " did not finish the TLS handshake in time");
        }
        QuicClosedChannelException closed = Causes.find(failure, QuicClosedChannelException.class);
        if (closed != null && closed.event() != null && closed.event().isTlsError()) {
            return of(closed.event(), here);
        }
        return ofText(text, failure, other);
    }

    /** What it means that the other end closed a QUIC connection; null when that was not for TLS. */
    public static TlsFailure of(QuicConnectionCloseEvent event, End here) {
        if (!event.isTlsError()) {
            return null;
        }
        int alert = QuicConnectionCloseEvent.extractTlsError(event.error());
        return refused(CERTIFICATE_ALERTS.contains(alert) || alert == INTERNAL_ERROR, "TLS alert " + alert,
                here == End.DEVICE ? "edge" : "device");
    }

    private static TlsFailure refused(boolean certificate, String raw, String other) {
        return certificate
                ? new TlsFailure(ErrorCode.CERTIFICATE_REFUSED, "the " + other + " refused this end's certificate ["
                        + raw + "]: it is expired, revoked, of an authority the " + other
                        + " does not trust, or made for another use or host; its log says which")
                : new TlsFailure(ErrorCode.TLS_FAILED, "the " + other + " ended the handshake [" + raw
                        + "]; both ends need TLS 1.3");
    }

    private static TlsFailure ofText(String text, Throwable failure, String other) {
        String raw = String.valueOf(failure.getMessage());
        if (text.contains("received fatal alert")) {
            boolean certificate = text.contains("certificate") || text.contains("unknown_ca")
                    || text.contains("access_denied");
            return refused(certificate, raw, other);
        }
        if (text.contains("subject alternative") || text.contains("no name matching")) {
            return new TlsFailure(ErrorCode.CERTIFICATE_WRONG_HOST, "the " + other
                    + "'s certificate is for another host [" + Causes.deepest(failure)
                    + "]; call it by a name in its certificate, or make one with this name");
        }
        if (text.contains("keyusage") || text.contains("key usage")) {
            return new TlsFailure(ErrorCode.CERTIFICATE_UNTRUSTED, "the " + other
                    + "'s certificate has the wrong key usage [" + Causes.deepest(failure)
                    + "]; an edge needs serverAuth, a device clientAuth");
        }
        if (text.contains("certification path") || text.contains("trust anchor") || text.contains("signature check")) {
            return new TlsFailure(ErrorCode.CERTIFICATE_UNTRUSTED, "the " + other
                    + "'s certificate does not come from the authority that this end trusts [" + Causes.deepest(failure)
                    + "]; give both ends the same authority");
        }
        if (text.contains("empty") && text.contains("certificate") || text.contains("bad_certificate")
                || text.contains("peer_did_not_return")) {
            return new TlsFailure(ErrorCode.CERTIFICATE_UNTRUSTED,
                    "the " + other + " presented no certificate of an authority that this end trusts [" + raw
                            + "]; both ends need one");
        }
        if (has(failure, ClosedChannelException.class)) {
            return new TlsFailure(ErrorCode.TLS_FAILED, "the " + other
                    + " closed the connection before the TLS handshake was done" + (other.equals("device")
                            ? "; one that has reached its edge another way, or needs none any more, does that"
                            : ""));
        }
        String deepest = Causes.deepest(failure);
        return new TlsFailure(ErrorCode.TLS_FAILED, "the TLS handshake with the " + other + " failed [" + raw
                + (raw.contains(deepest) ? "" : ": " + deepest) + "]; both ends need TLS 1.3 and a certificate");
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        return Causes.find(failure, type) != null;
    }

    private static String message(Throwable failure, Class<? extends Throwable> type) {
        return Causes.find(failure, type).getMessage();
    }
}
