package dev.tandem.hil.eval.data;

import dev.tandem.command.CommandFailedException;
import dev.tandem.command.ExitCodes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads a TSV with a header line: columns {@code image}, {@code question}, {@code answer}, optionally {@code kind}. */
final class QuestionTable {
    private static final int MOST_ROWS = 5_000_000;

    private QuestionTable() {
    }

    /**
     * The questions of a table in its order. Empty lines are passed over, but they count as rows.
     *
     * @param name
     *            what to call the table in errors
     */
    static List<Question> parse(String name, String text) {
        String[] lines = text.split("\r?\n", -1);
        List<String> header = Arrays.asList(lines[0].replace("\uFEFF", "").strip().split("\t"));
        int image = column(name, header, "image");
        int question = column(name, header, "question");
        int answer = column(name, header, "answer");
        int kind = header.indexOf("kind");
        if (lines.length > MOST_ROWS) {
            throw bad("reading %s: it has [%d] rows, at most %d are taken".formatted(name, lines.length, MOST_ROWS));
        }
        List<Question> questions = new ArrayList<>(lines.length);
        for (int row = 0; row < lines.length - 1; row++) {
            if (lines[row + 1].isBlank()) {
                continue;
            }
            String[] cells = lines[row + 1].split("\t", -1);
            if (cells.length < header.size()) {
                throw bad("reading %s: line %d has [%d] columns, the header has %d; columns are separated by tabs"
                        .formatted(name, row + 2, cells.length, header.size()));
            }
            questions.add(new Question(row, cells[image].strip(), kind < 0 ? "all" : cells[kind].strip(),
                    cells[question].strip(), cells[answer].strip()));
        }
        if (questions.isEmpty()) {
            throw bad("reading %s: it holds no question".formatted(name));
        }
        return questions;
    }

    /** Whether the header line has what {@link #parse} needs. */
    static boolean hasQuestions(String text) {
        int end = text.indexOf('\n');
        List<String> header = Arrays.asList((end < 0 ? text : text.substring(0, end)).strip().split("\t"));
        return header.contains("image") && header.contains("question") && header.contains("answer");
    }

    private static int column(String name, List<String> header, String column) {
        int at = header.indexOf(column);
        if (at < 0) {
            throw bad("reading %s: there is no column '%s' [the header has %s]; a question table needs image, question"
                    .formatted(name, column, header) + " and answer, separated by tabs, and may have kind");
        }
        return at;
    }

    private static CommandFailedException bad(String message) {
        return new CommandFailedException(ExitCodes.DATA, message);
    }
}
