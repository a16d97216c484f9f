package dev.tandem.hil.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table as people and GitHub read it: columns as wide as their widest cell, numbers to the right. */
public final class MarkdownTable {
    private final List<List<String>> rows = new ArrayList<>();

    /** Begins with the heads of the columns. */
    public MarkdownTable(List<String> heads) {
        rows.add(List.copyOf(heads));
    }

    /** Adds a row with as many cells as there are heads. */
    public MarkdownTable row(List<String> cells) {
        if (cells.size() != rows.getFirst().size()) {
            throw new IllegalArgumentException("a row of [" + cells.size() + "] cells under " + rows.getFirst());
        }
        rows.add(List.copyOf(cells));
        return this;
    }

    /** The table, each line ended. The first column is set left, the others right. */
    @Override
    public String toString() {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int c = 0; c < columns; c++) {
                widths[c] = Math.max(widths[c], Math.max(3, row.get(c).length()));
            }
        }
        StringBuilder text = new StringBuilder();
        for (int r = 0; r < rows.size(); r++) {
            for (int c = 0; c < columns; c++) {
                text.append("| ")
                        .append(String.format(Locale.ROOT, "%" + (c == 0 ? "-" : "") + widths[c] + "s",
                                rows.get(r).get(c)))
                        .append(' ');
            }
            text.append("|\n");
            if (r == 0) {
                for (int c = 0; c < columns; c++) {
                    text.append('|').append(c == 0 ? ":" : "-").append("-".repeat(widths[c]))
                            .append(c == 0 ? "-" : ":");
                }
                text.append("|\n");
            }
        }
        return text.toString();
    }
}
