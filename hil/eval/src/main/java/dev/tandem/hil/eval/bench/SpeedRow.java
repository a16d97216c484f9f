package dev.tandem.hil.eval.bench;

/**
 * How often a second something is done.
 *
 * @param work
 *            what, in words
 * @param unit
 *            of what so many a second
 * @param reference
 *            by plain Java
 * @param fast
 *            by native code, null where there is none
 */
record SpeedRow(String work, String unit, double reference, Double fast) {

    /** Measures both, one after the other. */
    static SpeedRow measure(String work, String unit, double unitsOfCall, double seconds, Runnable reference,
            Runnable fast) {
        double plain = Pace.callsPerSecond(seconds, reference) * unitsOfCall;
        return new SpeedRow(work, unit, plain,
                fast == null ? null : Pace.callsPerSecond(seconds, fast) * unitsOfCall);
    }
}
