package dev.tandem.hil.eval.data;

import dev.tandem.command.CommandFailedException;
import dev.tandem.command.ExitCodes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Which of the tables beside the pictures is meant. */
final class TableChoice {
    private static final String USUAL = "test.tsv";
    private static final int HEAD_BYTES = 1 << 16;

    private TableChoice() {
    }

    /** The one of that name, with or without its ending. */
    static String named(Path location, Pictures pictures, String tsv) {
        for (String path : tables(pictures)) {
            if (path.equals(tsv) || path.equals(tsv + ".tsv")) {
                return path;
            }
        }
        throw new CommandFailedException(ExitCodes.NO_INPUT,
                String.format(Locale.ROOT, "opening the table of %s: no table '%s' in it %s", location, tsv,
                        tables(pictures)) + " and no file of that name");
    }

    /** {@code test.tsv}, or the only table, or the only one that has the columns. */
    static String only(Path location, Pictures pictures, Columns columns) throws IOException {
        List<String> tables = tables(pictures);
        if (tables.contains(USUAL)) {
            return USUAL;
        }
        List<String> fitting = tables.size() == 1 ? tables : fitting(pictures, columns);
        if (fitting.size() != 1) {
            throw new CommandFailedException(ExitCodes.DATA,
                    String.format(Locale.ROOT, "choosing the %s of %s: there is no %s and not one single"
                            + " table %s; name one with --tsv", columns.what(), location, USUAL, tables));
        }
        return fitting.getFirst();
    }

    /** Those that have the columns. */
    static List<String> fitting(Pictures pictures, Columns columns) throws IOException {
        List<String> found = new ArrayList<>();
        for (String table : tables(pictures)) {
            if (columns.in(pictures.head(table, HEAD_BYTES))) {
                found.add(table);
            }
        }
        return found;
    }

    private static List<String> tables(Pictures pictures) {
        return pictures.paths().stream().filter(path -> path.endsWith(".tsv")).toList();
    }
}
