package dev.tandem.hil.eval.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.tandem.command.CommandFailedException;
import dev.tandem.command.ExitCodes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A table with tabs between its columns, quoted as RFC 4180 has it: a cell that holds a tab, a quote or a line break
 * stands in quotes, a quote in it twice. The first row names the columns. Spaces around a cell do not count, nor do rows
 * with nothing in them. Immutable.
 */
final class Tsv {
    private static final int MOST_ROWS = 5_000_000;
    /** A picture of 64 MiB in base64. */
    private static final int LONGEST_CELL = 90 << 20;
    private static final int LONGEST_WORDS = 200;
    private static final CsvSchema TABS = CsvSchema.emptySchema().withColumnSeparator('\t').withQuoteChar('"');
    private static final CsvFactory FACTORY = CsvFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(LONGEST_CELL).build()).build();

    private final List<String> header;
    private final List<Row> rows;

    /** One row: the line that it begins in, from 1, and as many cells as the header has. */
    record Row(int line, List<String> cells) {}

    private Tsv(List<String> header, List<Row> rows) {
        this.header = header;
        this.rows = rows;
    }

    /**
     * The rows of a table that has a header.
     *
     * @param name what to call it in errors
     */
    static Tsv read(String name, byte[] bytes) {
        List<Row> rows = rows(name, Utf8.text(name, bytes));
        if (rows.isEmpty()) {
            throw bad("reading " + name + ": it is empty; needed a first row that names the columns");
        }
        List<String> header = rows.removeFirst().cells();
        for (Row row : rows) {
            if (row.cells().size() != header.size()) {
                throw bad("reading " + name + ": line " + row.line() + " has [" + row.cells().size()
                        + "] columns, the header has " + header.size() + "; columns are separated by tabs, and a cell"
                        + " that holds a tab, a quote or a line break stands in quotes");
            }
        }
        return new Tsv(header, rows);
    }

    /** All rows that hold anything, whatever their width. */
    static List<Row> rows(String name, String text) {
        List<Row> rows = new ArrayList<>();
        int line = 1;
        try (CsvParser parser = FACTORY.createParser(text)) {
            parser.setSchema(TABS);
            parser.enable(CsvParser.Feature.WRAP_AS_ARRAY);
            parser.nextToken(); // the array of all rows
            while (parser.nextToken() == JsonToken.START_ARRAY) {
                List<String> cells = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    cells.add(parser.getText().strip());
                }
                if (!cells.stream().allMatch(String::isEmpty)) {
                    rows.add(new Row(line, cells));
                }
                if (rows.size() > MOST_ROWS) {
                    throw bad("reading " + name + ": it has more than " + MOST_ROWS + " rows");
                }
                line = parser.currentLocation().getLineNr();
            }
            return rows;
        } catch (JsonProcessingException e) {
            throw bad("reading " + name + ": the row that begins in line " + line + " is broken ["
                    + Words.shortened(e.getOriginalMessage(), LONGEST_WORDS)
                    + "]; a cell that begins with a quote ends with one, and a quote in it stands there twice");
        } catch (IOException e) {
            throw bad("reading " + name + ": " + e.getMessage());
        }
    }

    List<String> header() {
        return header;
    }

    List<Row> rows() {
        return rows;
    }

    /** Where a column is; -1 where there is none. A column that is needed is there once. */
    int column(String name, String column) {
        int first = header.indexOf(column);
        if (first != header.lastIndexOf(column)) {
            throw bad("reading " + name + ": the column '" + column + "' is there twice "
                    + Words.shortened(header.toString(), LONGEST_WORDS) + "; needed once");
        }
        return first;
    }

    private static CommandFailedException bad(String message) {
        return new CommandFailedException(ExitCodes.DATA, message);
    }
}
