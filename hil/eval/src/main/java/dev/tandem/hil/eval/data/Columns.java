package dev.tandem.hil.eval.data;

import java.util.Arrays;
import java.util.List;

/** What a table must have to be of use. */
public enum Columns {
    /** Questions about pictures. */
    QUESTIONS("questions", List.of("image", "question", "answer")),
    /** Classes of pictures. */
    CLASSES("classes", List.of("image", "label"));

    private final String what;
    private final List<String> needed;

    Columns(String what, List<String> needed) {
        this.what = what;
        this.needed = needed;
    }

    /** For messages. */
    String what() {
        return what;
    }

    List<String> needed() {
        return needed;
    }

    /** Whether the header line of a table has them all. */
    boolean in(String text) {
        int end = text.indexOf('\n');
        return header(end < 0 ? text : text.substring(0, end)).containsAll(needed);
    }

    static List<String> header(String line) {
        return Arrays.asList(line.replace("\uFEFF", "").strip().split("\t"));
    }
}
