package dev.tandem.hil.eval.data;

import dev.tandem.command.CommandFailedException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a table must have to be of use. */
public enum Columns {
    /** Questions about pictures. */
    QUESTIONS("questions", List.of("image", "question", "answer")),
    /** Classes of pictures. */
    CLASSES("classes", List.of("image", "label")),
    /** Pictures alone. */
    PICTURES("pictures", List.of("image"));

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

    /** Whether the first row of a table has them all; what is wrong further down is not looked at. */
    boolean in(byte[] table) {
        String text = new String(table, StandardCharsets.UTF_8);
        try {
            List<Tsv.Row> first = Tsv.rows("", firstRow(text));
            return !first.isEmpty() && first.getFirst().cells().containsAll(needed);
        } catch (CommandFailedException noTable) {
            return false;
        }
    }

    private static String firstRow(String text) {
        int end = text.indexOf('\n');
        String row = end < 0 ? text : text.substring(0, end);
        return row.startsWith("\uFEFF") ? row.substring(1) : row;
    }
}
