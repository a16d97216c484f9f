package dev.tandem.hil.eval.data;

/** What a table holds, as far as a message can bear it. */
final class Words {
    private Words() {
    }

    /** At most that many characters of it, on one line. */
    static String shortened(String text, int most) {
        String line = text.replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= most ? line : line.substring(0, most) + "... (" + text.length() + " characters)";
    }
}
