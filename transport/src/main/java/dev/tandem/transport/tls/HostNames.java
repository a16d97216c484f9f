package dev.tandem.transport.tls;

import dev.tandem.transport.frame.Text;
import io.netty.util.NetUtil;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** Names in certificates. Advice for people only: the decision during a handshake is the JDK's (RFC 9525 rules). */
public final class HostNames {
    private static final int DNS = 2;
    private static final int ADDRESS = 7;

    private HostNames() {
    }

    static boolean isAddress(String host) {
        return NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host);
    }

    /** DNS names and IP addresses a certificate is valid for; empty when it names none. */
    static List<String> of(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            List<String> hosts = new ArrayList<>();
            for (List<?> name : names == null ? List.<List<?>>of() : names) {
                if (name.get(0).equals(DNS) || name.get(0).equals(ADDRESS)) {
                    hosts.add((String) name.get(1));
                }
            }
            return hosts;
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    /** Whether one of the certificate's names is this host; a leading {@code *.} stands for one label. */
    static boolean matches(X509Certificate certificate, String host) {
        String wanted = host.toLowerCase(Locale.ROOT);
        return of(certificate).stream().map(each -> each.toLowerCase(Locale.ROOT))
                .anyMatch(name -> matches(name, wanted));
    }

    private static boolean matches(String name, String host) {
        if (isAddress(host)) {
            return isAddress(name) && NetUtil.createInetAddressFromIpAddressString(name)
                    .equals(NetUtil.createInetAddressFromIpAddressString(host));
        }
        int dot = host.indexOf('.');
        return name.equals(host) || name.startsWith("*.") && dot > 0 && name.substring(1).equals(host.substring(dot));
    }

    /** The subject's common name: who the other end is. The whole subject when it has none. */
    public static String peerName(X509Certificate certificate) {
        String subject = certificate.getSubjectX500Principal().getName();
        try {
            for (Rdn part : new LdapName(subject).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN")) {
                    return Text.plain(String.valueOf(part.getValue()));
                }
            }
        } catch (InvalidNameException e) {
            return Text.plain(subject);
        }
        return Text.plain(subject);
    }
}
