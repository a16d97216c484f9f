package dev.tandem.hil.eval;

import dev.tandem.method.Point;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One way of getting a picture across. Immutable.
 *
 * @param name as typed: also the name of its log
 * @param point what the pack runs
 * @param codec of a picture that was coded ahead of time, for which {@code point} stands in; empty where the pack codes
 * @param quality of that codec; else 0
 * @param side to which that picture was shrunk before it was coded; 0 for none
 * @param role what it is asked for
 */
record EvalPoint(String name, Point point, String codec, int quality, int side, Role role) {

    /** What a point is asked for. */
    enum Role {
        /** To be measured. */
        ASKED,
        /** Each question gets another picture than its own, so that nothing but words can answer it. */
        WRONG_PICTURE,
        /** Its answers are the right ones; nothing of it is lost. */
        REFERENCE
    }

    /** Of a name that says its method first: doubt, step, and the amount behind the name of a rule. */
    private static final Pattern AMOUNTS = Pattern.compile("-[esx]-?\\d[\\d.]*|(?<=[a-z]{3})\\d[\\d.]*");

    /** A point of the pack's own. */
    static EvalPoint of(Point point) {
        return new EvalPoint(point.name(), point, "", 0, 0, Role.ASKED);
    }

    /** This way with the wrong picture. */
    EvalPoint withWrongPicture() {
        return new EvalPoint(name + ", wrong picture", point, codec, quality, side, Role.WRONG_PICTURE);
    }

    /** This way as the one that says what is right. */
    EvalPoint asReference() {
        return new EvalPoint(name + ", reference", point, codec, quality, side, Role.REFERENCE);
    }

    /** Whether the picture was coded ahead of time. */
    boolean precoded() {
        return !codec.isEmpty();
    }

    /** Whether it is there to compare others with. */
    boolean control() {
        return role != Role.ASKED;
    }

    /** Whether it is one of the pack's own, and to be measured. */
    boolean trained() {
        return point.id() > 0 && !control();
    }

    /** A file name for this point: its own name with what file systems dislike replaced. */
    String fileName() {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]", "_");
    }

    /**
     * Points that differ in how much they spend, not in how they work: the method of trained points, or a name without
     * its quality, or without what else says how much.
     */
    String series() {
        if (point.id() > 0) {
            return point.method();
        }
        return (name.startsWith(point.method() + "-") ? AMOUNTS.matcher(name).replaceAll("") : name)
                .replaceFirst("-q\\d+", "");
    }
}
