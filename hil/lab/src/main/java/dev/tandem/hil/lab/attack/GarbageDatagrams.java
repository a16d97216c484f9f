package dev.tandem.hil.lab.attack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * Datagrams that are no QUIC, or only begin like it: noise, short headers, Initials of this version and of others, cut
 * or full.
 */
final class GarbageDatagrams implements Attack.Attacker {
    private static final int HANDFUL = 8;
    private static final int INITIAL_BYTES = 1_200;
    private static final int LARGEST = 1_400;

    private final DatagramSocket socket;
    private final InetSocketAddress edge;

    GarbageDatagrams(Target target) {
        try {
            socket = new DatagramSocket();
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
        edge = new InetSocketAddress(Target.HOST, target.port());
    }

    @Override
    public void strike(SplittableRandom random) throws IOException {
        for (int i = 0; i < HANDFUL; i++) {
            byte[] bytes = switch (random.nextInt(4)) {
                case 0 -> Trick.bytes(random.nextInt(LARGEST), random);
                case 1 -> shortHeader(random);
                default -> initial(random);
            };
            socket.send(new DatagramPacket(bytes, bytes.length, edge));
        }
    }

    private static byte[] shortHeader(SplittableRandom random) {
        byte[] bytes = Trick.bytes(1 + random.nextInt(LARGEST), random);
        bytes[0] = (byte) (0x40 | bytes[0] & 0x3F);
        return bytes;
    }

    /** RFC 9000, section 17.2.2, as far as anybody can read it without keys. */
    private static byte[] initial(SplittableRandom random) {
        byte[] bytes = Trick.bytes(random.nextInt(3) == 0 ? 20 + random.nextInt(INITIAL_BYTES) : INITIAL_BYTES, random);
        ByteBuffer head = ByteBuffer.wrap(bytes);
        head.put((byte) (0xC0 | random.nextInt(16))).putInt(random.nextInt(4) == 0 ? random.nextInt() : 1);
        head.put((byte) (random.nextInt(4) == 0 ? random.nextInt(256) : 8));
        return bytes;
    }

    @Override
    public void close() {
        socket.close();
    }
}
