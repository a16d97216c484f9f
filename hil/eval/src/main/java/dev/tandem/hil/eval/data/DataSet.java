package dev.tandem.hil.eval.data;

import dev.tandem.command.CommandFailedException;
import dev.tandem.command.ExitCodes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Pictures with a question table beside them, from a folder or a ZIP. Close it when done; one thread at a time. */
final class DataSet implements AutoCloseable {
    private final Path location;
    private final Pictures pictures;
    private final String table;
    private final List<Question> questions;
    private final String tableSha256;
    private final Map<String, String> byName = new HashMap<>();

    private DataSet(Path location, Pictures pictures, String table, byte[] bytes) {
        this.location = location;
        this.pictures = pictures;
        this.table = table;
        this.questions = QuestionTable.parse(table, new String(bytes, StandardCharsets.UTF_8));
        this.tableSha256 = sha256(bytes);
        for (String path : pictures.paths()) {
            // A name that several folders share stands for none of them.
            byName.merge(path.substring(path.lastIndexOf('/') + 1), path, (one, other) -> "");
        }
    }

    /**
     * Opens a data set.
     *
     * @param location
     *            a folder or a ZIP
     * @param tsv
     *            the table: its path inside, or a file of its own; null picks {@code test.tsv} or the only one there is
     */
    static DataSet open(Path location, String tsv) throws IOException {
        if (!Files.exists(location)) {
            throw new CommandFailedException(ExitCodes.NO_INPUT, "opening the data set: no such file or folder ["
                    + location + "]; needed: pictures with a TSV beside them, in a folder or a ZIP");
        }
        Pictures pictures = Files.isDirectory(location) ? new FolderPictures(location) : new ZipPictures(location);
        try {
            if (tsv != null && !pictures.paths().contains(tsv) && Files.isRegularFile(Path.of(tsv))) {
                return new DataSet(location, pictures, tsv, Files.readAllBytes(Path.of(tsv)));
            }
            String table = tsv == null ? onlyTable(location, pictures) : named(location, pictures, tsv);
            return new DataSet(location, pictures, table, pictures.read(table));
        } catch (IOException | RuntimeException problem) {
            pictures.close();
            throw problem;
        }
    }

    private static String onlyTable(Path location, Pictures pictures) throws IOException {
        List<String> tables = tables(pictures);
        if (tables.contains("test.tsv")) {
            return "test.tsv";
        }
        List<String> withQuestions = tables.size() == 1 ? tables : withQuestions(pictures, tables);
        if (withQuestions.size() != 1) {
            throw new CommandFailedException(ExitCodes.DATA,
                    "choosing the questions of %s: there is no test.tsv and not one single table %s; name one with --tsv"
                            .formatted(location, tables));
        }
        return withQuestions.getFirst();
    }

    private static List<String> withQuestions(Pictures pictures, List<String> tables) throws IOException {
        List<String> found = new java.util.ArrayList<>();
        for (String table : tables) {
            if (QuestionTable.hasQuestions(new String(pictures.read(table), StandardCharsets.UTF_8))) {
                found.add(table);
            }
        }
        return found;
    }

    private static String named(Path location, Pictures pictures, String tsv) {
        for (String path : tables(pictures)) {
            if (path.equals(tsv) || path.equals(tsv + ".tsv")) {
                return path;
            }
        }
        throw new CommandFailedException(ExitCodes.NO_INPUT, "opening the questions of %s: no table '%s' in it %s"
                .formatted(location, tsv, tables(pictures)) + " and no file of that name");
    }

    private static List<String> tables(Pictures pictures) {
        return pictures.paths().stream().filter(path -> path.endsWith(".tsv")).toList();
    }

    /** The questions in the table's order. */
    List<Question> questions() {
        return questions;
    }

    /** Where it was opened. */
    Path location() {
        return location;
    }

    /** The table's path. */
    String table() {
        return table;
    }

    /** The table's hash, in hex: what a resumed run must find again. */
    String tableSha256() {
        return tableSha256;
    }

    /** The file of one picture, looked for beside the table, in the table's folder ("test" for test.tsv), then by name alone. */
    byte[] picture(String image) throws IOException {
        String folder = table.contains("/") ? table.substring(0, table.lastIndexOf('/') + 1) : "";
        String stem = table.substring(table.lastIndexOf('/') + 1).replaceFirst("\\.tsv$", "");
        List<String> places = List.of(image, folder + image, folder + stem + "/" + image, stem + "/" + image,
                folder + "images/" + image);
        for (String place : places) {
            if (java.util.Collections.binarySearch(pictures.paths(), place) >= 0) {
                return pictures.read(place);
            }
        }
        String anywhere = byName.get(image.substring(image.lastIndexOf('/') + 1));
        if (anywhere == null || anywhere.isEmpty()) {
            throw new CommandFailedException(ExitCodes.DATA,
                    "looking for the picture '%s' of %s: %s [tried %s in %s]".formatted(image, table,
                            anywhere == null ? "it is not there" : "several files have that name", places, location));
        }
        return pictures.read(anywhere);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() throws IOException {
        pictures.close();
    }
}
