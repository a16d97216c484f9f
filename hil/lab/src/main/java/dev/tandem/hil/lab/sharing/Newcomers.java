package dev.tandem.hil.lab.sharing;

import dev.tandem.transport.device.ClientSettings;
import dev.tandem.transport.device.TandemClient;
import dev.tandem.transport.session.PeerException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A good device that connects, asks, and goes, again and again, on a thread of its own. */
final class Newcomers {
    private static final int EVERY_MILLIS = 250;
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final Scene scene;
    private final AtomicInteger connected = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final Thread thread;

    Newcomers(Scene scene) {
        this.scene = scene;
        thread = Thread.ofPlatform().daemon().name("tandem-trial-newcomers").start(this::come);
    }

    private void come() {
        ClientSettings settings = scene.client(scene.authority().polite()).withConnect(CONNECT);
        try {
            while (!scene.over()) {
                boolean in = connect(settings);
                if (scene.counts()) { // one that comes when the edge is being stopped says nothing
                    (in ? connected : refused).incrementAndGet();
                }
                TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean connect(ClientSettings settings) {
        try (TandemClient link = TandemClient.connect(settings)) {
            return link.connected();
        } catch (PeerException e) {
            return false;
        }
    }

    int connected() {
        return connected.get();
    }

    int refused() {
        return refused.get();
    }

    /** Waits for the last of them, once the attack is over. */
    void join() throws InterruptedException {
        thread.join(TimeUnit.SECONDS.toMillis(20));
    }
}
