package dev.tandem.hil.lab.sharing;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/** QUIC Initials that are well formed as far as anybody can read them without keys (RFC 9000, section 17.2.2). */
final class ForgedInitials implements AutoCloseable {
    private static final int BYTES = 1_200;
    private static final int ID_BYTES = 8;

    private final SplittableRandom random = new SplittableRandom(4);
    private final DatagramSocket socket;
    private final InetSocketAddress edge;

    /** From an address of this machine, such as 127.0.1.1. */
    ForgedInitials(String from, InetSocketAddress edge) throws IOException {
        this.socket = new DatagramSocket(new InetSocketAddress(from, 0));
        this.edge = edge;
    }

    /** Sends so many; gives that number. */
    int send(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            byte[] bytes = initial();
            socket.send(new DatagramPacket(bytes, bytes.length, edge));
        }
        return count;
    }

    private byte[] initial() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        ByteBuffer head = ByteBuffer.wrap(bytes);
        head.put((byte) 0xC3).putInt(1);
        head.put((byte) ID_BYTES).position(head.position() + ID_BYTES);
        head.put((byte) ID_BYTES).position(head.position() + ID_BYTES);
        head.put((byte) 0); // no token
        head.putShort((short) (0x4000 | BYTES - head.position() - 2));
        return bytes;
    }

    @Override
    public void close() {
        socket.close();
    }
}
