package dev.tandem.method;

/** Which slices must have arrived before the edge can answer at all. */
public enum Need {
    /** Any one of them. */
    ANY,
    /** The first, as a map of the others is. */
    FIRST,
    /** All: half a picture file is none. */
    ALL
}
