package dev.tandem.hil.eval.data;

import dev.tandem.command.CommandFailedException;
import dev.tandem.command.ExitCodes;
import dev.tandem.pack.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Pictures with what is asked of them, from a folder or a ZIP. Close it when done; one thread at a time. */
public final class DataSet implements AutoCloseable {
    private static final long MOST_PICTURE_BYTES = 64L << 20;
    /** Tables may hold pictures. */
    private static final long MOST_TABLE_BYTES = 1L << 30;
    private static final int SHOWN = 100;

    private final Path location;
    private final Pictures pictures;
    private final TablePictures inTable;
    private final String table;
    private final List<Question> questions;
    private final String tableSha256;
    private final Map<String, String> byName = new HashMap<>();

    private DataSet(Path location, Pictures pictures, TablePictures inTable, String table, List<Question> questions,
            byte[] hashed) {
        this.location = location;
        this.pictures = pictures;
        this.inTable = inTable;
        this.table = table;
        this.questions = questions;
        this.tableSha256 = HexFormat.of().formatHex(Sha256.of(hashed));
        for (String path : pictures.paths()) {
            // A name that several folders share stands for none of them.
            byName.merge(path.substring(path.lastIndexOf('/') + 1), path, (one, other) -> "");
        }
    }

    private interface Reader {
        DataSet read(Pictures pictures) throws IOException;
    }

    /**
     * Opens pictures with questions.
     *
     * @param location a folder or a ZIP
     * @param tsv the table: its path inside, or a file of its own; null picks {@code test.tsv} or the only one there is
     */
    public static DataSet open(Path location, String tsv) throws IOException {
        return open(location, pictures -> withTable(location, pictures, tsv, Columns.QUESTIONS));
    }

    /**
     * Opens pictures with their classes: by a table with the columns image and label, or by the folders that they lie
     * in.
     *
     * @param tsv as for {@link #open(Path, String)}; null takes the folders where no table has the columns
     * @param classes which class a folder stands for, or null
     */
    public static DataSet labelled(Path location, String tsv, Path classes) throws IOException {
        return open(location, pictures -> tsv != null || !TableChoice.fitting(pictures, Columns.CLASSES).isEmpty()
                ? withTable(location, pictures, tsv, Columns.CLASSES)
                : withFolders(location, pictures, ClassFolders.questions(location, pictures, classes)));
    }

    /** Opens all pictures that there are, in whatever folders, with nothing to say of them; their answers are empty. */
    public static DataSet unlabelled(Path location) throws IOException {
        return unlabelled(location, null);
    }

    /**
     * The same of those that a table names in its column image.
     *
     * @param tsv the table; null takes all pictures that there are
     */
    public static DataSet unlabelled(Path location, String tsv) throws IOException {
        return open(location, pictures -> tsv != null
                ? withTable(location, pictures, tsv, Columns.PICTURES)
                : withFolders(location, pictures, ClassFolders.all(location, pictures)));
    }

    private static DataSet open(Path location, Reader reader) throws IOException {
        if (!Files.exists(location)) {
            throw new CommandFailedException(ExitCodes.NO_INPUT, "opening the data set: no such file or folder ["
                    + location + "]; needed: pictures with a TSV beside them, in a folder or a ZIP");
        }
        Pictures pictures = Files.isDirectory(location) ? new FolderPictures(location) : new ZipPictures(location);
        try {
            return reader.read(pictures);
        } catch (IOException | RuntimeException problem) {
            pictures.close();
            throw problem;
        }
    }

    private static DataSet withTable(Path location, Pictures pictures, String tsv, Columns columns)
            throws IOException {
        boolean outside = tsv != null && !pictures.paths().contains(tsv) && Files.isRegularFile(Path.of(tsv));
        String table = outside
                ? tsv
                : tsv != null
                        ? TableChoice.named(location, pictures, tsv)
                        : TableChoice.only(location, pictures, columns);
        byte[] bytes = outside ? table(Path.of(tsv)) : pictures.read(table, MOST_TABLE_BYTES);
        TablePictures inTable = new TablePictures();
        return new DataSet(location, pictures, inTable, outside ? String.valueOf(Path.of(tsv).getFileName()) : table,
                QuestionTable.parse(table, bytes, columns, inTable), bytes);
    }

    private static byte[] table(Path file) throws IOException {
        ZipPictures.checkSize(file.toString(), Files.size(file), MOST_TABLE_BYTES);
        return Files.readAllBytes(file);
    }

    private static DataSet withFolders(Path location, Pictures pictures, List<Question> questions) {
        StringBuilder rows = new StringBuilder();
        questions.forEach(one -> rows.append(one.image()).append('\t').append(one.answer()).append('\n'));
        return new DataSet(location, pictures, new TablePictures(), "folders", questions,
                rows.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** In the table's order. */
    public List<Question> questions() {
        return questions;
    }

    /** The table's path inside, the name of a file outside (results are shown to others), or {@code folders}. */
    public String table() {
        return table;
    }

    /** The table's hash, in hex: what a resumed run must find again. */
    public String tableSha256() {
        return tableSha256;
    }

    /**
     * The file of one picture: from the table itself where it stands there, else looked for beside the table, in the
     * table's folder ("test" for test.tsv), then by name alone.
     */
    public byte[] picture(String image) throws IOException {
        byte[] here = inTable.get(image);
        if (here != null) {
            return here;
        }
        String folder = table.contains("/") ? table.substring(0, table.lastIndexOf('/') + 1) : "";
        String stem = table.substring(table.lastIndexOf('/') + 1).replaceFirst("\\.tsv$", "");
        List<String> places = List.of(image, folder + image, folder + stem + "/" + image, stem + "/" + image,
                folder + "images/" + image);
        for (String place : places) {
            if (Collections.binarySearch(pictures.paths(), place) >= 0) {
                return pictures.read(place, MOST_PICTURE_BYTES);
            }
        }
        String anywhere = byName.get(image.substring(image.lastIndexOf('/') + 1));
        if (anywhere == null || anywhere.isEmpty()) {
            throw new CommandFailedException(ExitCodes.DATA,
                    "looking for the picture '" + Words.shortened(image, SHOWN) + "' of " + table + ": "
                            + (anywhere == null ? "it is not there" : "several files have that name") + " [tried "
                            + Words.shortened(places.toString(), 4 * SHOWN) + " in " + location + "]");
        }
        return pictures.read(anywhere, MOST_PICTURE_BYTES);
    }

    @Override
    public void close() throws IOException {
        pictures.close();
    }
}
