package dev.tandem.hil.eval;

import dev.tandem.method.Point;
import java.util.Locale;

/**
 * One way of getting a picture across. Immutable.
 *
 * @param name as typed: also the name of its log
 * @param point what the pack runs
 * @param codec of a picture that was coded ahead of time, for which {@code point} stands in; empty where the pack codes
 * @param quality of that codec; else 0
 * @param side to which that picture was shrunk before it was coded; 0 for none
 * @param control whether each question gets another picture than its own, so that nothing but words can answer it
 */
record EvalPoint(String name, Point point, String codec, int quality, int side, boolean control) {

    /** A point of the pack's own. */
    static EvalPoint of(Point point) {
        return new EvalPoint(point.name(), point, "", 0, 0, false);
    }

    /** This way with the wrong picture. */
    EvalPoint withWrongPicture() {
        return new EvalPoint(name + ", wrong picture", point, codec, quality, side, true);
    }

    /** Whether the picture was coded ahead of time. */
    boolean precoded() {
        return !codec.isEmpty();
    }

    /** Whether it is one of the pack's own, with the right picture. */
    boolean trained() {
        return point.id() > 0 && !control;
    }

    /** A file name for this point: its own name with what file systems dislike replaced. */
    String fileName() {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]", "_");
    }

    /**
     * Points that differ in how much they spend, not in how they work: the method of trained points, or a name without
     * its quality.
     */
    String series() {
        return point.id() > 0 ? point.method() : name.replaceFirst("-q\\d+", "");
    }
}
