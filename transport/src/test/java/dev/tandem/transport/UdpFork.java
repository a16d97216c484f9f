package dev.tandem.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.function.IntPredicate;

/**
 * A UDP path for one device that a test can damage: drops by packet size, and changes the address that the edge sees.
 */
final class UdpFork implements AutoCloseable {
    private final DatagramSocket front;
    private final SocketAddress edge;
    private volatile DatagramSocket back;
    private volatile SocketAddress device;
    private volatile SocketAddress dead;
    private volatile IntPredicate dropUp = bytes -> false;
    private volatile IntPredicate dropDown = bytes -> false;

    UdpFork(int edgePort) throws IOException {
        edge = new InetSocketAddress(InetAddress.getLoopbackAddress(), edgePort);
        front = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        rebind();
        Thread.ofPlatform().daemon().name("fork-up").start(this::up);
    }

    int port() {
        return front.getLocalPort();
    }

    void dropUp(IntPredicate bytes) {
        dropUp = bytes;
    }

    void dropDown(IntPredicate bytes) {
        dropDown = bytes;
    }

    void drop(IntPredicate bytes) {
        dropUp = bytes;
        dropDown = bytes;
    }

    /** The device's path is dead for good; one that it makes from another socket is not. */
    void kill() {
        dead = device;
    }

    /** From now on the edge hears the device from another port. */
    void rebind() throws IOException {
        DatagramSocket old = back;
        DatagramSocket fresh = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        back = fresh;
        Thread.ofPlatform().daemon().name("fork-down").start(() -> down(fresh));
        if (old != null) {
            old.close();
        }
    }

    private void up() {
        byte[] bytes = new byte[65_536];
        try {
            while (!front.isClosed()) {
                DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
                front.receive(packet);
                if (packet.getSocketAddress().equals(dead)) {
                    continue;
                }
                device = packet.getSocketAddress();
                if (!dropUp.test(packet.getLength())) {
                    send(back, new DatagramPacket(bytes, packet.getLength(), edge));
                }
            }
        } catch (IOException e) {
            closedOr(front, e);
        }
    }

    private void down(DatagramSocket from) {
        byte[] bytes = new byte[65_536];
        try {
            while (!from.isClosed()) {
                DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
                from.receive(packet);
                if (!dropDown.test(packet.getLength()) && !device.equals(dead)) {
                    send(front, new DatagramPacket(bytes, packet.getLength(), device));
                }
            }
        } catch (IOException e) {
            closedOr(from, e);
        }
    }

    private static void send(DatagramSocket socket, DatagramPacket packet) throws IOException {
        try {
            socket.send(packet);
        } catch (IOException e) {
            closedOr(socket, e);
        }
    }

    private static void closedOr(DatagramSocket socket, IOException e) {
        if (!socket.isClosed()) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        front.close();
        back.close();
    }
}
