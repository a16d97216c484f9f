package dev.tandem.transport.tls;

import dev.tandem.transport.frame.End;
import dev.tandem.transport.session.Causes;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects what is wrong with one end's credentials at a moment, in words. One use. */
final class CertificateCheck {
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    private static final String ANY_USAGE = "2.5.29.37.0";
    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

    private final Credentials credentials;
    private final End end;
    private final String host;
    private final Instant now;
    private final List<String> findings = new ArrayList<>();

    /**
     * @param end whose they are; null: the end that their key usages name
     * @param host what devices call the edge by; null: not known, or a device's
     */
    CertificateCheck(Credentials credentials, End end, String host, Instant now) {
        this.credentials = credentials;
        this.end = end;
        this.host = host;
        this.now = now;
    }

    List<String> findings() {
        List<X509Certificate> chain = read("certificate", credentials.certificate());
        List<X509Certificate> trust = read("trust", credentials.trust());
        for (X509Certificate each : chain) {
            checkDates(credentials.certificate(), each);
        }
        for (X509Certificate each : trust) {
            checkDates(credentials.trust(), each);
        }
        if (!chain.isEmpty()) {
            checkKey(chain.getFirst());
            checkUsage(chain.getFirst());
            checkHost(chain.getFirst());
            checkPath(chain, trust);
        }
        checkRevoked(chain, trust);
        return List.copyOf(findings);
    }

    private List<X509Certificate> read(String what, Path file) {
        try {
            return PemFiles.readCertificates(file);
        } catch (IOException e) {
            findings.add("the " + what + " file cannot be read: " + Causes.words(e));
            return List.of();
        }
    }

    private void checkDates(Path file, X509Certificate certificate) {
        String who = "certificate [" + certificate.getSubjectX500Principal() + "] in [" + file + "]";
        if (now.isAfter(certificate.getNotAfter().toInstant())) {
            findings.add(
                    who + " expired at [" + certificate.getNotAfter().toInstant() + "], this machine's clock says ["
                            + now + "], " + apart(certificate.getNotAfter().toInstant(), now)
                            + " later; make a new one, or set this clock if it is ahead");
        } else if (now.isBefore(certificate.getNotBefore().toInstant())) {
            findings.add(who + " is not valid yet: only from [" + certificate.getNotBefore().toInstant()
                    + "], this machine's clock says [" + now + "], "
                    + apart(now, certificate.getNotBefore().toInstant())
                    + " earlier; set this machine's clock if it is behind, else that of the machine that made it was ahead");
        }
    }

    /** Time between two moments in its largest units: what a person needs to see which clock is off. */
    private static String apart(Instant from, Instant to) {
        Duration apart = Duration.between(from, to);
        if (apart.toDays() > 0) {
            return apart.toDays() + " d " + apart.toHoursPart() + " h";
        }
        return apart.toHours() > 0
                ? apart.toHours() + " h " + apart.toMinutesPart() + " min"
                : apart.toMinutes() + " min " + apart.toSecondsPart() + " s";
    }

    private void checkRevoked(List<X509Certificate> chain, List<X509Certificate> trust) {
        try {
            RevocationList revoked = RevocationList.read(credentials.revoked(), trust);
            chain.stream().map(revoked::reason).filter(each -> each != null)
                    .forEach(each -> findings.add(each + "; make a new one"));
            findings.addAll(revoked.findings(now));
        } catch (IOException e) {
            findings.add("the revocation list cannot be used: " + Causes.words(e));
        }
    }

    private void checkKey(X509Certificate certificate) {
        try {
            String unusable = KeyKind.fault(certificate.getPublicKey());
            if (unusable != null) {
                findings.add("the key of certificate [" + credentials.certificate() + "] " + unusable);
            }
            String strange = Identity.strange(credentials, PemFiles.readKey(credentials.key()), certificate);
            if (strange != null) {
                findings.add(strange);
            }
            if (PemFiles.readableByOthers(credentials.key())) {
                findings.add("the key [" + credentials.key() + "] can be read by others; `chmod 600` it");
            }
        } catch (IOException e) {
            findings.add("the key cannot be read: " + Causes.words(e));
        }
    }

    private void checkUsage(X509Certificate certificate) {
        Map<String, String> needed = new LinkedHashMap<>();
        if (end != End.DEVICE) {
            needed.put(SERVER_AUTH, "serverAuth (an edge)");
        }
        if (end != End.EDGE) {
            needed.put(CLIENT_AUTH, "clientAuth (a device)");
        }
        try {
            List<String> usages = certificate.getExtendedKeyUsage();
            if (usages != null && !usages.contains(ANY_USAGE) && Collections.disjoint(usages, needed.keySet())) {
                findings.add("certificate [" + credentials.certificate()
                        + "] has the wrong key usage: its extended usages are " + usages + ", needed "
                        + String.join(" or ", needed.values())
                        + (end == null ? "" : "; are the files of the two ends swapped?"));
            }
        } catch (GeneralSecurityException e) {
            findings.add(
                    "certificate [" + credentials.certificate() + "] has an unreadable key usage: " + Causes.words(e));
        }
        boolean[] keyUsage = certificate.getKeyUsage();
        if (keyUsage != null && !keyUsage[0]) {
            findings.add("certificate [" + credentials.certificate()
                    + "] has the wrong key usage: digitalSignature is missing, TLS 1.3 needs it");
        }
    }

    private void checkHost(X509Certificate certificate) {
        if (host != null && !HostNames.matches(certificate, host)) {
            findings.add("certificate [" + credentials.certificate() + "] is for another host: it names "
                    + HostNames.of(certificate) + ", devices call [" + host + "]; make one with that name");
        }
    }

    /**
     * Signatures and issuers, judged by the JDK; dates have been judged above, so the path is tried inside the leaf's
     * own dates.
     */
    private void checkPath(List<X509Certificate> chain, List<X509Certificate> trust) {
        if (trust.isEmpty()) {
            return;
        }
        Set<TrustAnchor> anchors = new HashSet<>();
        trust.forEach(each -> anchors.add(new TrustAnchor(each, null)));
        List<X509Certificate> path = chain.stream().filter(each -> !trust.contains(each)).toList();
        try {
            PKIXParameters parameters = new PKIXParameters(anchors);
            parameters.setRevocationEnabled(false);
            parameters.setDate(new Date(chain.getFirst().getNotAfter().getTime() - 1_000));
            CertPath certPath = CertificateFactory.getInstance("X.509").generateCertPath(path);
            CertPathValidator.getInstance("PKIX").validate(certPath, parameters);
        } catch (GeneralSecurityException e) {
            findings.add("certificate [" + credentials.certificate() + "] does not come from the authority in ["
                    + credentials.trust() + "]: issuer is [" + chain.getLast().getIssuerX500Principal()
                    + "], trusted is ["
                    + trust.getFirst().getSubjectX500Principal() + "] (" + Causes.words(e) + ")");
        }
    }
}
