package dev.tandem.hil.lab.attack;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.SplittableRandom;

/**
 * Connections over TCP: noise instead of TLS, TLS with noise inside, a good hello and a trick; ended well, or with a
 * reset.
 */
final class TcpAttacker implements Attack.Attacker {
    private static final int HANDFUL = 4_096;

    private final Target target;
    private final TlsSockets sockets;

    TcpAttacker(Target target) {
        this.target = target;
        this.sockets = new TlsSockets(target);
    }

    @Override
    public void strike(SplittableRandom random) throws IOException {
        int kind = random.nextInt(16);
        try (Socket socket = kind < 2 ? sockets.plain() : sockets.encrypted()) {
            OutputStream out = socket.getOutputStream();
            if (kind < 4) {
                out.write(Trick.bytes(1 + random.nextInt(HANDFUL), random));
            } else {
                out.write(Trick.hello(target.pack()));
                Trick trick = Trick.values()[random.nextInt(Trick.values().length)];
                for (byte[] piece : trick.pieces(target.pack(), random)) {
                    out.write(piece);
                }
            }
            out.flush();
            listen(socket);
            if (random.nextBoolean()) {
                socket.setSoLinger(true, 0);
            }
        }
    }

    /** Until the edge closes, or says nothing more for a while. */
    private static void listen(Socket socket) throws IOException {
        byte[] said = new byte[HANDFUL];
        try {
            for (int read = 0; read >= 0;) {
                read = socket.getInputStream().read(said);
            }
        } catch (SocketTimeoutException nothingMore) {
            // the edge waits, as it may
        }
    }

    @Override
    public void close() {
        // each stroke closes its own socket
    }
}
