package dev.tandem.method.latent;

import dev.tandem.method.Knobs;

/**
 * Knobs of a method that has a {@link Ladder}.
 *
 * @param rung   of the ladder
 * @param slices cut a picture into at least this many bands; 0: as few as the payload limit allows
 */
public record RungKnobs(String rung, int slices) implements Knobs {}
