package dev.tandem.hil.lab.attack;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Everything at once against one edge, until it is closed: garbage datagrams, bad devices over TCP and QUIC, slow and
 * silent ones. Each kind has a thread and a seed of its own and pauses between its strokes, so that the rate is this
 * class's and not the machine's.
 */
public final class Attack implements AutoCloseable {
    /** One stroke of an attacker. */
    interface Attacker extends AutoCloseable {
        /** Does one thing to the edge. What the edge does back is no failure: IOException is expected and ignored. */
        void strike(SplittableRandom random) throws IOException, InterruptedException;

        @Override
        void close();
    }

    private final List<Thread> threads = new ArrayList<>();
    private final LongAdder strokes = new LongAdder();
    private final LongAdder broken = new LongAdder();
    private volatile boolean over;
    private volatile Throwable failure;

    Attack() {
    }

    /** Begins; {@code target} is the edge's port for UDP and TCP. */
    public static Attack begin(Target target, long seed) {
        Attack attack = new Attack();
        SplittableRandom seeds = new SplittableRandom(seed);
        try {
            attack.run("datagrams", new GarbageDatagrams(target), 10, seeds.split());
            attack.run("tcp", new TcpAttacker(target), 50, seeds.split());
            attack.run("slow", new SlowSenders(target), 50, seeds.split());
            attack.run("quic", new QuicAttacker(target), 50, seeds.split());
            return attack;
        } catch (RuntimeException problem) {
            attack.close(); // the first of them run already
            throw problem;
        }
    }

    void run(String name, Attacker attacker, int pauseMillis, SplittableRandom random) {
        threads.add(Thread.ofPlatform().daemon().name("tandem-attack-" + name).start(() -> {
            try (attacker) {
                while (!over) {
                    try {
                        attacker.strike(random);
                    } catch (IOException refused) {
                        broken.increment();
                    }
                    strokes.increment();
                    TimeUnit.MILLISECONDS.sleep(pauseMillis);
                }
            } catch (InterruptedException asked) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException | Error problem) {
                failure = problem; // an attacker that broke by itself is no proof of anything
            }
        }));
    }

    /** Strokes so far: connections, or handfuls of datagrams. */
    public long strokes() {
        return strokes.sum();
    }

    /** Strokes that the edge broke off. */
    public long broken() {
        return broken.sum();
    }

    /** Stops and waits. IllegalStateException when an attacker failed by itself. */
    @Override
    public void close() {
        over = true;
        for (Thread each : threads) {
            try {
                each.join(TimeUnit.SECONDS.toMillis(20));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        if (failure != null) {
            throw new IllegalStateException("an attacker failed by itself, so the trial proves nothing", failure);
        }
    }
}
