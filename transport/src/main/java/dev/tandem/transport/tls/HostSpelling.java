package dev.tandem.transport.tls;

import java.net.IDN;
import java.util.regex.Pattern;

/** Whether a certificate can be made out to a host as it is typed: a name or an address, and nothing around it. */
final class HostSpelling {
    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    private static final Pattern NAME = Pattern.compile("(?:\\*\\.)?" + LABEL + "(?:\\." + LABEL + ")*");
    private static final Pattern NUMBERS = Pattern.compile("(?:.*\\.)?[0-9]+");
    private static final Pattern PORT = Pattern.compile("[^:]*:[0-9]+|\\[.*\\]:[0-9]+");
    private static final int LONGEST = 253;

    private HostSpelling() {
    }

    /** What is wrong with it, in words; null when nothing is. */
    static String fault(String host) {
        String found = "[" + host + "] is no host";
        if (PORT.matcher(host).matches()) {
            return found + ": it has a port; a certificate names hosts only";
        }
        if (host.startsWith("[")) {
            return found + ": an address stands here without brackets";
        }
        if (HostNames.isAddress(host) && host.indexOf('%') < 0) {
            return null;
        }
        if (host.chars().anyMatch(each -> each > 0x7F)) {
            return found + " as certificates write it" + ascii(host);
        }
        if (NUMBERS.matcher(host).matches()) {
            return found + ": it looks like an address and is none; needed four numbers of 0 to 255";
        }
        return host.length() <= LONGEST && NAME.matcher(host).matches()
                ? null
                : found + "; needed a name of letters, digits, dots and hyphens, or an address";
    }

    private static String ascii(String host) {
        try {
            String ascii = IDN.toASCII(host);
            return NAME.matcher(ascii).matches() ? "; needed [" + ascii + "]" : "; needed ASCII";
        } catch (IllegalArgumentException e) {
            return "; needed ASCII";
        }
    }
}
