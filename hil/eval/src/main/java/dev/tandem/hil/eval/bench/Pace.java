package dev.tandem.hil.eval.bench;

import dev.tandem.hil.report.Quantiles;

/** Counts calls a second on one thread. */
final class Pace {
    private static final int ROUNDS = 5;

    private Pace() {
    }

    /** The median of five rounds that together take about that long, after half of that to let the JVM compile. */
    static double callsPerSecond(double seconds, Runnable task) {
        round(seconds / 2, task);
        double[] rates = new double[ROUNDS];
        for (int r = 0; r < ROUNDS; r++) {
            rates[r] = round(seconds / ROUNDS, task);
        }
        return Quantiles.of(rates).median();
    }

    private static double round(double seconds, Runnable task) {
        long start = System.nanoTime();
        long elapsed;
        int calls = 0;
        do {
            task.run();
            calls++;
            elapsed = System.nanoTime() - start;
        } while (elapsed < seconds * 1e9);
        return calls * 1e9 / elapsed;
    }
}
