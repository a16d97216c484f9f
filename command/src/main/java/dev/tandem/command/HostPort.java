package dev.tandem.command;

import java.net.InetSocketAddress;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Where something listens, as typed: {@code edge.example:7443}, {@code 10.0.0.7:7443}, {@code [::1]:7443}. Immutable.
 *
 * @param host a name or an address, without brackets; not looked up
 * @param port 0 to 65,535; 0 lets a listener pick a free one
 */
public record HostPort(String host, int port) {
    private static final int MOST = 65_535;

    public HostPort {
        if (host.isEmpty() || port < 0 || port > MOST) {
            throw new IllegalArgumentException("an address of host [" + host + "] and port [" + port
                    + "]; needed a host and a port of 0 to " + MOST);
        }
    }

    /**
     * Reads an option's value.
     *
     * @throws ParameterException in words, for a value that is none
     */
    public static HostPort parse(CommandLine line, String option, String text) {
        int colon = text.lastIndexOf(':');
        try {
            return new HostPort(host(text.substring(0, colon)), Integer.parseInt(text.substring(colon + 1)));
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new ParameterException(line,
                    option + " [" + text + "]: needed host:port with a port of 0 to " + MOST
                            + "; an IPv6 address stands in brackets",
                    e);
        }
    }

    private static String host(String text) {
        if (text.startsWith("[") && text.endsWith("]")) {
            return text.substring(1, text.length() - 1);
        }
        if (text.indexOf(':') >= 0) {
            throw new IllegalArgumentException("an IPv6 address without brackets");
        }
        return text;
    }

    /**
     * Looked up now.
     *
     * @param option where it was typed
     * @throws CommandFailedException where nobody knows the name
     */
    public InetSocketAddress address(String option) {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new CommandFailedException(ExitCodes.UNAVAILABLE, option + ": the host name [" + host
                    + "] is not known: this machine finds no address for it; is it spelt right, and does DNS work here?");
        }
        return address;
    }

    /** As it was typed. */
    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
