package dev.tandem.hil.relay;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** What stands at the two ends of a relay in its tests: plain sockets of the JDK. */
public final class Peers {
    public static final int PATIENCE_MS = 5_000;

    private Peers() {
    }

    public static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    public static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_MS * 1_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not within " + PATIENCE_MS + " ms: " + what);
            }
            Thread.sleep(2);
        }
    }

    /** Sends each datagram back to where it came from, and remembers from where. */
    public static final class UdpEcho implements AutoCloseable {
        final Set<SocketAddress> seen = ConcurrentHashMap.newKeySet();
        private final DatagramSocket socket = new DatagramSocket(loopback(0));

        public UdpEcho() throws IOException {
            Thread.ofPlatform().daemon().start(this::echo);
        }

        public InetSocketAddress address() {
            return (InetSocketAddress) socket.getLocalSocketAddress();
        }

        private void echo() {
            try {
                while (true) {
                    DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
                    socket.receive(packet);
                    seen.add(packet.getSocketAddress());
                    socket.send(packet);
                }
            } catch (IOException closed) {
                // The test is over.
            }
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    /** A client that asks and waits. */
    static final class UdpClient implements AutoCloseable {
        private final DatagramSocket socket = new DatagramSocket(loopback(0));
        private final SocketAddress relay;

        UdpClient(Relay relay) throws IOException {
            this.relay = relay.address();
        }

        void send(byte[] payload) throws IOException {
            socket.send(new DatagramPacket(payload, payload.length, relay));
        }

        /** The next datagram, or null when none comes in time. */
        byte[] receive(int millis) throws IOException {
            socket.setSoTimeout(millis);
            DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
            try {
                socket.receive(packet);
                return java.util.Arrays.copyOf(packet.getData(), packet.getLength());
            } catch (SocketTimeoutException nothing) {
                return null;
            }
        }

        /** What comes back for this, or null. */
        String ask(String question, int millis) throws IOException {
            send(question.getBytes(StandardCharsets.UTF_8));
            byte[] answer = receive(millis);
            return answer == null ? null : new String(answer, StandardCharsets.UTF_8);
        }

        @Override
        public void close() {
            socket.close();
        }
    }
}
