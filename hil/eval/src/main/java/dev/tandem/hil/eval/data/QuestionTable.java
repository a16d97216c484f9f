package dev.tandem.hil.eval.data;

import dev.tandem.command.CommandFailedException;
import dev.tandem.command.ExitCodes;
import java.util.ArrayList;
import java.util.List;

/** Reads a TSV with a header line: the columns that are needed, and {@code kind} where there is one. */
final class QuestionTable {
    private static final int MOST_ROWS = 5_000_000;

    private QuestionTable() {
    }

    /**
     * The rows of a table in its order. Empty lines are passed over, but they count as rows.
     *
     * @param name what to call the table in errors
     */
    static List<Question> parse(String name, String text, Columns columns) {
        String[] lines = text.split("\r?\n", -1);
        List<String> header = Columns.header(lines[0]);
        for (String column : columns.needed()) {
            if (!header.contains(column)) {
                throw bad(
                        "reading %s: there is no column '%s' [the header has %s]; a table of %s needs %s, separated by"
                                .formatted(name, column, header, columns.what(), columns.needed())
                                + " tabs, and may have kind");
            }
        }
        if (lines.length > MOST_ROWS) {
            throw bad("reading %s: it has [%d] rows, at most %d are taken".formatted(name, lines.length, MOST_ROWS));
        }
        List<Question> questions = new ArrayList<>(lines.length);
        for (int row = 0; row < lines.length - 1; row++) {
            if (!lines[row + 1].isBlank()) {
                questions.add(question(name, row, lines[row + 1].split("\t", -1), header, columns));
            }
        }
        if (questions.isEmpty()) {
            throw bad("reading %s: it has no row".formatted(name));
        }
        return questions;
    }

    private static Question question(String name, int row, String[] cells, List<String> header, Columns columns) {
        if (cells.length < header.size()) {
            throw bad("reading %s: line %d has [%d] columns, the header has %d; columns are separated by tabs"
                    .formatted(name, row + 2, cells.length, header.size()));
        }
        boolean asks = columns == Columns.QUESTIONS;
        return new Question(row, cell(cells, header, "image"),
                header.contains("kind") ? cell(cells, header, "kind") : "all",
                asks ? cell(cells, header, "question") : "", cell(cells, header, asks ? "answer" : "label"));
    }

    private static String cell(String[] cells, List<String> header, String column) {
        return cells[header.indexOf(column)].strip();
    }

    private static CommandFailedException bad(String message) {
        return new CommandFailedException(ExitCodes.DATA, message);
    }
}
