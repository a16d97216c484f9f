package dev.tandem.hil.lab.trial;

import java.util.Locale;

/**
 * One line of the results.
 *
 * @param trial what was tried
 * @param measure what was measured, with its unit
 * @param value what was found
 * @param reach what was to be reached, in words; empty where nothing was
 * @param reached whether it was; null where nothing was to be
 */
record TrialRow(String trial, String measure, double value, String reach, Boolean reached) {

    static TrialRow of(String trial, String measure, double value) {
        return new TrialRow(trial, measure, value, "", null);
    }

    static TrialRow atMost(String trial, String measure, double value, double most) {
        return new TrialRow(trial, measure, value, String.format(Locale.ROOT, "at most %.4g", most), value <= most);
    }

    static TrialRow atLeast(String trial, String measure, double value, double least) {
        return new TrialRow(trial, measure, value, String.format(Locale.ROOT, "at least %.4g", least), value >= least);
    }

    static TrialRow exactly(String trial, String measure, double value, double needed) {
        return new TrialRow(trial, measure, value, String.format(Locale.ROOT, "%.4g", needed), value == needed);
    }
}
