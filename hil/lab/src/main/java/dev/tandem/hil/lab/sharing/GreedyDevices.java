package dev.tandem.hil.lab.sharing;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Two devices that each keep as many questions in flight as one connection may. */
final class GreedyDevices implements SharingAttack {
    private static final int IN_FLIGHT = 60;

    @Override
    public String name() {
        return "5 greedy devices";
    }

    @Override
    public String what() {
        return "two devices keep " + IN_FLIGHT + " questions in flight each";
    }

    @Override
    public void prepare(Scene scene) throws IOException {
        scene.target("greedy-1");
        scene.target("greedy-2");
    }

    @Override
    public void run(Scene scene) throws IOException, InterruptedException {
        Thread other = Thread.ofPlatform().daemon().name("tandem-attack-greedy").start(() -> {
            while (!scene.over()) {
                try {
                    Asks.flood(scene, "greedy-2", IN_FLIGHT, scene::question);
                } catch (IOException refused) {
                    scene.said(refused.getMessage());
                } catch (InterruptedException over) {
                    return;
                }
            }
        });
        try {
            Asks.flood(scene, "greedy-1", IN_FLIGHT, scene::question);
        } finally {
            if (scene.over()) {
                other.join(TimeUnit.SECONDS.toMillis(5));
            } else {
                other.interrupt();
            }
        }
    }
}
