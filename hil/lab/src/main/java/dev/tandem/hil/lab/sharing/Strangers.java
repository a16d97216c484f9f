package dev.tandem.hil.lab.sharing;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.tandem.hil.lab.attack.Target;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** TCP connections that say nothing and are held, from some other addresses, and forged QUIC Initials beside them. */
final class Strangers implements SharingAttack {
    private static final int MOST = 9_000;
    private static final int MOST_SECONDS = 20;
    private static final int SPARE_DESCRIPTORS = 500;
    private static final String[] FROM = {"127.0.1.1", "127.0.1.2", "127.0.1.3", "127.0.1.4"};
    private static final int HANDFUL = 32;

    private Newcomers newcomers;
    /** Newcomers that were there before the attack; negative until it has begun. */
    private volatile int before = -1;
    private long opened;
    private long initials;

    @Override
    public String name() {
        return "4 strangers";
    }

    @Override
    public String what() {
        return "opens up to " + MOST + " TCP connections without a handshake and sends forged QUIC Initials, from "
                + FROM.length + " addresses";
    }

    @Override
    public double mostSeconds() {
        return MOST_SECONDS;
    }

    @Override
    public boolean shown() {
        return before >= 0 && (newcomers.connected() > before || newcomers.refused() > 0);
    }

    /** They come before the attack too: what their handshakes cost the edge is not the strangers' doing. */
    @Override
    public void prepare(Scene scene) {
        newcomers = new Newcomers(scene);
    }

    @Override
    public void run(Scene scene) throws IOException, InterruptedException {
        long limit = ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getMaxFileDescriptorCount();
        int most = (int) Math.min(MOST, limit - SPARE_DESCRIPTORS);
        if (before < 0) {
            before = newcomers.connected();
        }
        Deque<SocketChannel> held = new ArrayDeque<>();
        InetSocketAddress edge = new InetSocketAddress(Target.HOST, scene.edge().port());
        try (ForgedInitials udp = new ForgedInitials(FROM[0], edge)) {
            while (!scene.over()) {
                for (int i = 0; i < HANDFUL && held.size() < most; i++) {
                    open(scene, held);
                }
                for (int i = 0; i < HANDFUL && !held.isEmpty(); i++) {
                    look(scene, held);
                }
                initials += udp.send(HANDFUL);
                scene.struck();
                if (held.size() >= most) {
                    scene.pause(5);
                }
            }
        } finally {
            for (SocketChannel each : held) {
                each.close();
            }
        }
        newcomers.join();
    }

    private void open(Scene scene, Deque<SocketChannel> held) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.bind(new InetSocketAddress(FROM[(int) (opened % FROM.length)], 0));
            channel.connect(new InetSocketAddress(Target.HOST, scene.edge().port()));
            channel.configureBlocking(false);
            held.add(channel);
            opened++;
        } catch (IOException refused) {
            channel.close();
            throw refused;
        }
    }

    /** The one that is held longest: whether the edge has closed it. */
    private static void look(Scene scene, Deque<SocketChannel> held) throws IOException {
        SocketChannel oldest = held.poll();
        boolean closed;
        try {
            closed = oldest.read(ByteBuffer.allocate(64)) < 0;
        } catch (IOException reset) {
            closed = true;
        }
        if (closed) {
            oldest.close();
            scene.said("a connection closed");
        } else {
            held.add(oldest);
        }
    }

    @Override
    public List<Criterion> criteria(Scene scene) {
        return List.of(Criterion.told("TCP connections opened", opened),
                Criterion.told("forged Initials sent", initials),
                Criterion.told("known devices that connected meanwhile", newcomers.connected() - before),
                Criterion.atMost("whether none did", newcomers.connected() == before ? 1 : 0, 0),
                Criterion.atMost("known devices that could not connect", newcomers.refused(), 0));
    }
}
