package dev.tandem.edge;

import dev.tandem.command.CommandFailedException;
import dev.tandem.command.ExitCodes;
import dev.tandem.transport.session.TransportChoice;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.Locale;

/** Whether an edge can listen where it is told to, asked before a model is loaded for it. */
final class Ports {
    private Ports() {
    }

    /**
     * Binds and lets go again; port 0 is always free.
     *
     * @param option where the address was typed
     * @throws CommandFailedException in words, where it cannot be bound
     */
    static void check(String option, InetSocketAddress address, TransportChoice transport) {
        if (address.getPort() == 0) {
            return;
        }
        if (transport.tcp()) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.setReuseAddress(true); // as the edge's own: what is left of old connections is no matter
                socket.bind(address);
            } catch (IOException e) {
                throw refused(option, address, "TCP", e);
            }
        }
        if (transport.quic()) {
            try (DatagramSocket socket = new DatagramSocket(null)) {
                socket.bind(address);
            } catch (SocketException e) {
                throw refused(option, address, "UDP", e);
            }
        }
    }

    private static CommandFailedException refused(String option, InetSocketAddress address, String protocol,
            IOException why) {
        String said = String.valueOf(why.getMessage());
        String kind = said.toLowerCase(Locale.ROOT);
        String remedy = "is the address this machine's?";
        if (kind.contains("in use")) {
            remedy = "the port is taken: another program listens there, perhaps an edge; stop it or choose another port";
        } else if (kind.contains("permission")) {
            remedy = "ports below 1024 need the right to them; choose another port";
        }
        return new CommandFailedException(ExitCodes.UNAVAILABLE, option + ": listening on [" + address.getHostString()
                + ":" + address.getPort() + "] over " + protocol + " failed [" + said + "]; " + remedy, why);
    }
}
