package dev.tandem.hil.lab.sharing;

import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.FrameType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Asks for PONGs as fast as the edge takes PINGs, and reads none. */
final class PingFlood implements SharingAttack {
    private static final int CONNECTIONS = 4;
    private static final int AT_ONCE = 4_096;

    private final LongAdder pings = new LongAdder();

    @Override
    public String name() {
        return "8 ping flood";
    }

    @Override
    public String what() {
        return CONNECTIONS + " connections send PINGs as fast as the edge takes them and read nothing";
    }

    @Override
    public void prepare(Scene scene) throws IOException {
        scene.target("pinger");
    }

    @Override
    public void run(Scene scene) throws IOException, InterruptedException {
        List<Thread> hands = new ArrayList<>();
        byte[] many = many();
        for (int i = 0; i < CONNECTIONS; i++) {
            hands.add(Thread.ofPlatform().daemon().name("tandem-attack-ping-" + i).start(() -> ping(scene, many)));
        }
        for (Thread each : hands) {
            while (each.isAlive() && !scene.over()) {
                each.join(100);
            }
        }
    }

    private static byte[] many() {
        byte[] one = Frame.of(FrameType.PING, 0, new byte[Long.BYTES]).toBytes();
        byte[] many = new byte[AT_ONCE * one.length];
        for (int i = 0; i < AT_ONCE; i++) {
            System.arraycopy(one, 0, many, i * one.length, one.length);
        }
        return many;
    }

    private void ping(Scene scene, byte[] many) {
        while (!scene.over()) {
            try (FrameSocket socket = new FrameSocket(scene.target("pinger"))) {
                scene.closing(socket);
                while (!scene.over()) {
                    socket.send(many);
                    pings.add(AT_ONCE);
                    scene.struck();
                }
            } catch (IOException ended) {
                scene.said(String.valueOf(ended.getMessage()));
            }
        }
    }

    @Override
    public List<Criterion> criteria(Scene scene) {
        return List.of(Criterion.told("PINGs that the edge took", pings.sum()));
    }
}
