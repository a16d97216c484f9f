package dev.tandem.cli.doctor;

/**
 * What one look found.
 *
 * @param state
 *            how it is
 * @param subject
 *            what was looked at
 * @param words
 *            what was found and, where it is not right, what to do
 */
record Finding(State state, String subject, String words) {

    /** Only a fault makes {@code doctor} end with 1. */
    enum State {
        /** As it should be. */
        OK,
        /** Works without; something would be faster or is switched off. */
        NOTE,
        /** Will not work like this. */
        FAULT
    }

    static Finding ok(String subject, String words) {
        return new Finding(State.OK, subject, words);
    }

    static Finding note(String subject, String words) {
        return new Finding(State.NOTE, subject, words);
    }

    static Finding fault(String subject, String words) {
        return new Finding(State.FAULT, subject, words);
    }
}
