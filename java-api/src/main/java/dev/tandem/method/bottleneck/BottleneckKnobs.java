package dev.tandem.method.bottleneck;

import dev.tandem.method.Knobs;

/**
 * Knobs of {@code bottleneck}.
 *
 * @param rung   of the ladder
 * @param slices cut a picture into at least this many bands; 0: as few as the payload limit allows
 */
record BottleneckKnobs(String rung, int slices) implements Knobs {}
