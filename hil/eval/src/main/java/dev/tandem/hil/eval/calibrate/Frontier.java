package dev.tandem.hil.eval.calibrate;

import dev.tandem.hil.report.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * All settings that trials can tell of, and which of them nobody beats. A picture is run once for each amount; every
 * threshold of doubt is reckoned from the same trials. Immutable.
 */
final class Frontier {
    /** Thresholds that are tried: at most so many, between the doubts of as many pictures. */
    private static final int THRESHOLDS = 200;
    /** A threshold has as many decimals as a point's name may spell, and rounding never lets a picture through. */
    private static final double DECIMALS = 1e4;
    private static final double MOST_BITS = 64;

    private final List<Trial> trials;
    private final List<Double> amounts;
    private final int patches;

    /**
     * @param trials at least one
     * @param amounts what each trial has tried, in that order
     * @param patches of a picture
     */
    Frontier(List<Trial> trials, List<Double> amounts, int patches) {
        if (trials.isEmpty()) {
            throw new IllegalArgumentException("calibrating on [0] pictures; needed at least one");
        }
        this.trials = List.copyOf(trials);
        this.amounts = List.copyOf(amounts);
        this.patches = patches;
    }

    /** The edge's accuracy from all patches uncoded. */
    Interval whole() {
        return share((int) trials.stream().filter(Trial::wholeRight).count());
    }

    /** The device's accuracy, alone. */
    Interval alone() {
        return share((int) trials.stream().filter(Trial::deviceRight).count());
    }

    /** The settings that no other beats in both bytes and accuracy, fewest bytes first. */
    List<Setting> best() {
        List<Setting> sorted = new ArrayList<>(all());
        sorted.sort(Comparator.comparingDouble(Setting::bytes)
                .thenComparing(Comparator.comparingDouble((Setting one) -> one.accuracy().value()).reversed())
                .thenComparingDouble(Setting::eta).thenComparingDouble(Setting::amount));
        List<Setting> best = new ArrayList<>();
        double most = -1;
        for (Setting one : sorted) {
            if (one.accuracy().value() > most) {
                best.add(one);
                most = one.accuracy().value();
            }
        }
        return best;
    }

    /** The fewest bytes at no more than {@code loss} below {@link #whole}, a fraction. */
    Optional<Setting> within(double loss) {
        double least = whole().value() - loss - 1e-12;
        return best().stream().filter(one -> one.accuracy().value() >= least).findFirst();
    }

    /** The greatest accuracy for so many bytes a picture; empty only for a budget below 0. */
    Optional<Setting> budget(double bytes) {
        return best().stream().filter(one -> one.bytes() <= bytes).reduce((one, other) -> other);
    }

    private List<Setting> all() {
        List<Setting> all = new ArrayList<>();
        for (double eta : thresholds()) {
            for (int i = 0; i < amounts.size(); i++) {
                all.add(setting(eta, i));
            }
        }
        return all;
    }

    private Setting setting(double eta, int amount) {
        int right = 0;
        int here = 0;
        long bytes = 0;
        long sent = 0;
        for (Trial trial : trials) {
            if (trial.doubt() < eta) {
                here++;
                right += trial.deviceRight() ? 1 : 0;
                continue;
            }
            Trial.Sent one = trial.sent().get(amount);
            right += one.right() ? 1 : 0;
            bytes += one.bytes();
            sent += one.patches();
        }
        double count = trials.size();
        return new Setting(eta, amounts.get(amount), share(right), bytes / count, here / count,
                sent / count / patches);
    }

    /** 0, some between the doubts of the pictures, and one above them all. */
    private List<Double> thresholds() {
        TreeSet<Double> doubts = new TreeSet<>();
        trials.forEach(trial -> doubts.add(Math.min(MOST_BITS, Math.ceil(trial.doubt() * DECIMALS) / DECIMALS)));
        List<Double> sorted = List.copyOf(doubts);
        TreeSet<Double> chosen = new TreeSet<>(List.of(0.0, MOST_BITS));
        int steps = Math.min(THRESHOLDS, sorted.size());
        for (int i = 0; i < steps; i++) {
            chosen.add(sorted.get((int) ((long) i * sorted.size() / steps)));
        }
        return List.copyOf(chosen);
    }

    private Interval share(int right) {
        return Interval.wilson(right, trials.size());
    }
}
