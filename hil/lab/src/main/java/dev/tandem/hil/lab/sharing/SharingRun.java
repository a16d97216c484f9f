package dev.tandem.hil.lab.sharing;

import dev.tandem.hil.lab.attack.Processors;
import dev.tandem.hil.lab.sharing.PoliteDevice.Asked;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One attack on one edge: the polite device alone, then beside it, then SIGTERM while it goes on. */
final class SharingRun {
    private static final double ALONE = 1.0 / 3;
    private static final double MOST_SECONDS_TO_STRIKE = 10;
    private static final double MOST_EXIT_SECONDS = 10;
    private static final double LOG_LINES_PER_SECOND = 20;
    private static final int LOG_LINES_ANYHOW = 40;
    private static final int SAID = 3;

    private final SharingAttack attack;
    private final Scene scene;
    private final Processors processors;
    private volatile boolean finished;
    private volatile Throwable failure;

    SharingRun(SharingAttack attack, Scene scene, Processors processors) {
        this.attack = attack;
        this.scene = scene;
        this.processors = processors;
    }

    /** In so many seconds, or what the attack needs. IllegalStateException when the attack failed by itself. */
    Verdict measure(double seconds) throws Exception {
        List<Criterion> criteria = new ArrayList<>();
        Thread thread;
        try (Resident resident = new Resident(scene.edge().pid())) {
            double before;
            try (PoliteDevice polite = new PoliteDevice(scene)) {
                polite.ask(seconds * ALONE / 2); // code is compiled
                Asked alone = polite.ask(seconds * ALONE);
                before = resident.bytes() / 1e6;
                long lines = scene.edge().log().lines();
                long start = System.nanoTime();
                thread = Thread.ofPlatform().daemon().name("tandem-attack").start(this::attack);
                Asked beside = polite.ask(() -> enough((System.nanoTime() - start) / 1e9, seconds * (1 - ALONE)));
                beside.failures().forEach(why -> scene.said("to the polite device: " + why));
                latency(criteria, alone, beside);
                log(criteria, scene.edge().log().lines() - lines, (System.nanoTime() - start) / 1e9);
                criteria.add(Criterion.atMost("whether the edge ended by itself", scene.edge().alive() ? 0 : 1, 0));
            }
            scene.stopping();
            // The attack goes on, and the polite device has gone: an edge must be able to stop under attack.
            criteria.add(Criterion.atMost("seconds from SIGTERM to exit", scene.edge().terminate(),
                    MOST_EXIT_SECONDS));
            criteria.add(Criterion.told("resident before, MB", before));
            criteria.add(Criterion.atMost("resident peak, MB", resident.peak() / 1e6, EdgeProcess.BUDGET_BYTES / 1e6));
        }
        scene.end();
        thread.join(TimeUnit.SECONDS.toMillis(30));
        if (failure != null) {
            throw new IllegalStateException("[" + attack.name() + "] failed by itself, so the trial proves nothing",
                    failure);
        }
        criteria.addAll(attack.criteria(scene));
        return new Verdict(attack.name(), attack.what(), criteria, scene.said().stream().limit(SAID).toList());
    }

    /** Beside the attack for so long, and for as long as it needs to show what it has to. */
    private boolean enough(double took, double seconds) {
        boolean beside = scene.secondsStruck() >= seconds || took >= seconds + MOST_SECONDS_TO_STRIKE;
        return beside && (finished || attack.shown() || took >= attack.mostSeconds());
    }

    /** One answer's time more for each of two that may be under way and next. */
    private static void latency(List<Criterion> criteria, Asked alone, Asked beside) {
        double answer = alone.work().median();
        criteria.add(Criterion.told("questions asked", beside.times().size()));
        criteria.add(Criterion.atMost("questions unanswered", beside.failures().size(), 0));
        criteria.add(Criterion.told("one answer, median ms", answer));
        criteria.add(Criterion.told("p50 alone, ms", alone.times().median()));
        criteria.add(Criterion.told("p50 beside, ms", beside.times().median()));
        criteria.add(Criterion.told("p99 alone, ms", alone.times().p99()));
        criteria.add(Criterion.atMost("p99 beside, ms", beside.times().p99(), alone.times().p99() + 2 * answer));
    }

    private void log(List<Criterion> criteria, long lines, double seconds) {
        if (!attack.logLevel().equals(SharingAttack.USUAL_LOG)) {
            criteria.add(Criterion.told("log lines", lines)); // whoever asks for more gets more
            return;
        }
        criteria.add(
                Criterion.atMost("log lines", lines, Math.rint(LOG_LINES_ANYHOW + LOG_LINES_PER_SECOND * seconds)));
    }

    private void attack() {
        processors.attack();
        try {
            while (!scene.over() && !finished) {
                try {
                    attack.run(scene);
                    finished = true;
                } catch (IOException answer) {
                    scene.said(String.valueOf(answer.getMessage()));
                    scene.pause(50);
                }
            }
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        } catch (Exception | Error problem) {
            failure = problem;
        }
    }
}
