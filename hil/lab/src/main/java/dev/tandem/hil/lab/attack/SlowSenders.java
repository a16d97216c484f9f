package dev.tandem.hil.lab.attack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Connections that are held: half-open, silent, or one byte of a good conversation at a time. The edge must end them by
 * its clocks.
 */
final class SlowSenders implements Attack.Attacker {
    private static final int HELD = 48;
    /** Longer than the edge's handshake and idle times. */
    private static final long HOLD_NANOS = TimeUnit.SECONDS.toNanos(8);

    private final Target target;
    private final TlsSockets sockets;
    private final Deque<Held> held = new ArrayDeque<>();

    /** {@code script} is sent byte by byte; empty: silence. */
    private static final class Held {
        final Socket socket;
        final byte[] script;
        final long since = System.nanoTime();
        int sent;

        Held(Socket socket, byte[] script) {
            this.socket = socket;
            this.script = script;
        }

        /** False when the edge has closed. */
        boolean sendOne() {
            try {
                if (sent < script.length) {
                    socket.getOutputStream().write(script[sent++]);
                }
                return true;
            } catch (IOException closed) {
                return false;
            }
        }
    }

    SlowSenders(Target target) {
        this.target = target;
        this.sockets = new TlsSockets(target);
    }

    @Override
    public void strike(SplittableRandom random) throws IOException {
        held.removeIf(each -> !each.sendOne() && close(each));
        while (held.size() >= HELD || !held.isEmpty() && System.nanoTime() - held.peek().since > HOLD_NANOS) {
            close(held.remove());
        }
        if (random.nextInt(4) == 0) {
            boolean plain = random.nextInt(3) == 0;
            Socket socket = plain ? sockets.plain() : sockets.encrypted();
            held.add(new Held(socket, plain || random.nextInt(3) == 0 ? new byte[0] : script(random)));
        }
    }

    private byte[] script(SplittableRandom random) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        if (random.nextBoolean()) {
            all.writeBytes(Trick.hello(target.pack()));
        }
        Trick.REORDERED.pieces(target.pack(), random).forEach(all::writeBytes);
        return all.toByteArray();
    }

    private static boolean close(Held one) {
        try {
            one.socket.close();
        } catch (IOException gone) {
            // as good as closed
        }
        return true;
    }

    @Override
    public void close() {
        held.forEach(SlowSenders::close);
    }
}
