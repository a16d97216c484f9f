package dev.tandem.hil.lab.sharing;

import dev.tandem.transport.device.AskRequest;
import dev.tandem.transport.frame.Frame;
import dev.tandem.transport.frame.FrameType;
import dev.tandem.transport.frame.Need;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Six connections that fill each exchange they may have with slices up to the last, which never comes. */
final class UnfinishedSlices implements SharingAttack {
    private static final int CONNECTIONS = 6;
    private static final int EXCHANGES = 60;
    private static final int SLICES = 80;
    private static final int SLICE_BYTES = 50_000;

    private final LongAdder bytes = new LongAdder();

    @Override
    public String name() {
        return "7 unfinished slices";
    }

    @Override
    public String what() {
        return CONNECTIONS + " connections send slices of " + EXCHANGES
                + " pictures each, 4 MB a picture, and none completes";
    }

    @Override
    public void prepare(Scene scene) throws IOException {
        scene.target("hoarder");
    }

    @Override
    public void run(Scene scene) throws IOException, InterruptedException {
        List<Thread> hands = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            hands.add(Thread.ofPlatform().daemon().name("tandem-attack-hoarder-" + i).start(() -> hoard(scene)));
        }
        for (Thread each : hands) {
            while (each.isAlive() && !scene.over()) {
                each.join(100);
            }
        }
    }

    private void hoard(Scene scene) {
        while (!scene.over()) {
            try (FrameSocket socket = new FrameSocket(scene.target("hoarder"))) {
                socket.listening(scene);
                scene.closing(socket);
                fill(scene, socket);
            } catch (IOException ended) {
                scene.said(String.valueOf(ended.getMessage()));
            } catch (InterruptedException over) {
                return;
            }
        }
    }

    private void fill(Scene scene, FrameSocket socket) throws IOException, InterruptedException {
        AskRequest question = scene.question();
        byte[] content = new byte[SLICE_BYTES];
        new SplittableRandom(7).nextBytes(content);
        for (int exchange = 1; exchange <= EXCHANGES && !scene.over(); exchange++) {
            socket.send(Asks.ask(question, exchange, SLICES + 1, Need.ALL));
            for (int i = 0; i < SLICES && !scene.over(); i++) {
                socket.send(new Frame(FrameType.SLICE, exchange, i, content));
                bytes.add(content.length);
            }
            scene.struck();
        }
        for (int i = 0; i < 100 && !scene.over(); i++) { // what is held is kept up
            socket.send(Frame.of(FrameType.PING, 0, new byte[Long.BYTES]));
            scene.pause(TimeUnit.SECONDS.toMillis(1));
        }
    }

    @Override
    public List<Criterion> criteria(Scene scene) {
        return List.of(Criterion.told("MB sent", bytes.sum() / 1e6));
    }
}
