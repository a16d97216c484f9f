package dev.tandem.transport.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CRLReason;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateRevokedException;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Certificates that their authority took back. Immutable. A list past its next update stays in force, with a finding:
 * refusing every device of a fleet because a file was not renewed would be worse than not knowing the latest
 * revocations.
 */
final class RevocationList {
    static final RevocationList NONE = new RevocationList(null, List.of());
    private static final int CRL_SIGN = 6;

    private final Path file;
    private final List<X509CRL> lists;

    private RevocationList(Path file, List<X509CRL> lists) {
        this.file = file;
        this.lists = lists;
    }

    /**
     * Reads one or more lists, PEM or DER, each signed by one of the authorities; IOException in words otherwise.
     *
     * @param file null: {@link #NONE}
     */
    static RevocationList read(Path file, List<X509Certificate> authorities) throws IOException {
        if (file == null) {
            return NONE;
        }
        List<X509CRL> lists = PemFiles.readLists(file);
        if (lists.isEmpty()) {
            throw new IOException("[" + file + "] holds no X.509 revocation list; "
                    + "`tandem cert new` makes an empty one");
        }
        for (X509CRL each : lists) {
            check(file, each, authorities);
        }
        return new RevocationList(file, List.copyOf(lists));
    }

    private static void check(Path file, X509CRL list, List<X509Certificate> authorities) throws IOException {
        Set<String> critical = list.getCriticalExtensionOIDs(); // a delta's and a part's are, and Java knows both
        if (critical != null && !critical.isEmpty()) {
            throw new IOException("the list in [" + file + "] has critical extensions " + critical
                    + "; needed a complete list of one authority, not a delta or a part");
        }
        if (authorities.stream().noneMatch(each -> signed(each, list))) {
            throw new IOException("the list in [" + file + "] of [" + list.getIssuerX500Principal()
                    + "] is not signed by an authority that this end trusts; "
                    + "make it with the key of the authority in the trust file");
        }
    }

    private static boolean signed(X509Certificate authority, X509CRL list) {
        boolean[] usage = authority.getKeyUsage();
        if (!authority.getSubjectX500Principal().equals(list.getIssuerX500Principal())
                || usage != null && !usage[CRL_SIGN]) {
            return false;
        }
        try {
            list.verify(authority.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** What is doubtful about the lists at a moment, in words. */
    List<String> findings(Instant now) {
        List<String> findings = new ArrayList<>();
        for (X509CRL each : lists) {
            String who = "revocation list of [" + each.getIssuerX500Principal() + "] in [" + file + "]";
            if (each.getNextUpdate() != null && now.isAfter(each.getNextUpdate().toInstant())) {
                findings.add(who + " should have been renewed at [" + each.getNextUpdate().toInstant()
                        + "], this machine's clock says [" + now + "]; it stays in use, put a new one there");
            } else if (now.isBefore(each.getThisUpdate().toInstant())) {
                findings.add(who + " was made at [" + each.getThisUpdate().toInstant()
                        + "], this machine's clock says [" + now + "]; set the clock");
            }
        }
        return findings;
    }

    /** Why a certificate is revoked, in words; null when it is not. */
    String reason(X509Certificate certificate) {
        X509CRLEntry entry = entry(certificate);
        if (entry == null) {
            return null;
        }
        String why = entry.getRevocationReason() == null ? "no reason given" : entry.getRevocationReason().toString();
        return "certificate [" + certificate.getSubjectX500Principal() + "] with serial number ["
                + certificate.getSerialNumber().toString(16) + "] was revoked at ["
                + entry.getRevocationDate().toInstant() + "] (" + why + ") by the list [" + file + "]";
    }

    private X509CRLEntry entry(X509Certificate certificate) {
        for (X509CRL each : lists) {
            X509CRLEntry entry = each.getRevokedCertificate(certificate);
            if (entry != null) {
                return entry;
            }
        }
        return null;
    }

    /** Every entry as keytool takes it: a serial number, and after a colon the reason's code if there is a reason. */
    List<String> entries() {
        List<String> entries = new ArrayList<>();
        for (X509CRL list : lists) {
            Set<? extends X509CRLEntry> revoked = list.getRevokedCertificates();
            for (X509CRLEntry each : revoked == null ? Set.<X509CRLEntry>of() : revoked) {
                CRLReason why = each.getRevocationReason();
                entries.add(each.getSerialNumber() + (why == null ? "" : ":" + why.ordinal()));
            }
        }
        return entries;
    }

    /**
     * Refuses a peer's chain that has a revoked certificate anywhere, in the shape that TLS libraries turn into the
     * right alert.
     */
    void check(X509Certificate[] chain) throws CertificateException {
        for (X509Certificate each : chain) {
            X509CRLEntry entry = entry(each);
            if (entry != null) {
                CRLReason why = entry.getRevocationReason() == null
                        ? CRLReason.UNSPECIFIED
                        : entry.getRevocationReason();
                Exception revoked = new CertificateRevokedException(new Date(entry.getRevocationDate().getTime()), why,
                        each.getIssuerX500Principal(), Map.of());
                throw new CertificateException(reason(each),
                        new CertPathValidatorException(reason(each), revoked, null, -1, BasicReason.REVOKED));
            }
        }
    }
}
