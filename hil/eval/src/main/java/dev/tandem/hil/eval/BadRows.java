package dev.tandem.hil.eval;

import dev.tandem.command.CommandFailedException;
import dev.tandem.command.ExitCodes;
import dev.tandem.entropy.CorruptBitstreamException;
import dev.tandem.hil.eval.data.Question;
import dev.tandem.transport.session.Causes;
import java.io.IOException;
import java.io.PrintStream;
import java.util.HashSet;
import java.util.Set;

/** Rows of a table that could not be asked, each named once by row, line and picture. One thread. */
final class BadRows {
    private static final int NAMED = 20;
    private static final int LONGEST = 500;
    /** Rows count from 0, from the line below the header. */
    private static final int FIRST_LINE = 2;

    private final String table;
    private final PrintStream out;
    private final Set<Integer> rows = new HashSet<>();

    BadRows(String table, PrintStream out) {
        this.table = table;
        this.out = out;
    }

    /**
     * Why a row could not be asked, in words.
     *
     * @throws RuntimeException the same one, where it says nothing about a row: the run cannot go on
     */
    static String words(Exception e) {
        String words = switch (e) {
            case CommandFailedException failed when failed.exitCode() == ExitCodes.DATA
                    || failed.exitCode() == ExitCodes.NO_INPUT ->
                failed.getMessage();
            case IllegalArgumentException refused -> Causes.words(refused);
            case CorruptBitstreamException corrupt -> Causes.words(corrupt);
            case IOException unreadable -> Causes.words(unreadable);
            case RuntimeException other -> throw other;
            default -> throw new IllegalStateException(e);
        };
        return words.length() <= LONGEST ? words : words.substring(0, LONGEST) + "...";
    }

    void add(Question question, String words) {
        if (rows.add(question.row()) && rows.size() <= NAMED) {
            out.println("tandem: row " + question.row() + " (line " + (question.row() + FIRST_LINE) + " of " + table
                    + "), picture [" + question.image() + "], counts as an error: " + words);
        }
    }

    /** Says how many there were beyond those that were named. */
    void end() {
        if (rows.size() > NAMED) {
            out.println("tandem: [" + (rows.size() - NAMED) + "] more rows count as errors; the logs name them");
        }
    }
}
