package dev.tandem.hil.eval.data;

import dev.tandem.command.CommandFailedException;
import dev.tandem.command.ExitCodes;
import java.util.ArrayList;
import java.util.List;

/** Reads a table of questions or classes: the columns that are needed, and {@code kind} where there is one. */
final class QuestionTable {
    private static final int SHOWN = 200;
    /** A row's number counts from the line below the header. */
    private static final int FIRST_LINE = 2;

    private QuestionTable() {
    }

    /**
     * The rows of a table in its order, numbered by the lines that they begin in.
     *
     * @param name what to call the table in errors
     * @param pictures gets those that stand in the table itself
     */
    static List<Question> parse(String name, byte[] bytes, Columns columns, TablePictures pictures) {
        Tsv table = Tsv.read(name, bytes);
        for (String column : columns.needed()) {
            if (table.column(name, column) < 0) {
                throw bad("reading " + name + ": there is no column '" + column + "' [the header has "
                        + Words.shortened(table.header().toString(), SHOWN) + "]; a table of " + columns.what()
                        + " needs " + columns.needed() + ", separated by tabs, and may have kind");
            }
        }
        List<Question> questions = new ArrayList<>(table.rows().size());
        for (Tsv.Row row : table.rows()) {
            questions.add(question(name, table, row, columns, pictures));
        }
        if (questions.isEmpty()) {
            throw bad("reading " + name + ": it has no row");
        }
        return questions;
    }

    private static Question question(String name, Tsv table, Tsv.Row row, Columns columns, TablePictures pictures) {
        boolean asks = columns == Columns.QUESTIONS;
        String image = pictures.name(name, row.line(), cell(name, table, row, "image", ""),
                cell(name, table, row, "index", null));
        return new Question(row.line() - FIRST_LINE, image, cell(name, table, row, "kind", "all"),
                asks ? cell(name, table, row, "question", "") : "",
                cell(name, table, row, asks ? "answer" : "label", ""));
    }

    private static String cell(String name, Tsv table, Tsv.Row row, String column, String otherwise) {
        int at = table.column(name, column);
        return at < 0 ? otherwise : row.cells().get(at);
    }

    private static CommandFailedException bad(String message) {
        return new CommandFailedException(ExitCodes.DATA, message);
    }
}
