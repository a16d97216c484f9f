package dev.tandem.hil.eval.data;

import dev.tandem.command.CommandFailedException;
import dev.tandem.command.ExitCodes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Pictures in a folder a class, as image classification data usually lie: {@code val/CLASS/*}, or {@code test/CLASS/*},
 * or {@code CLASS/*}. A folder stands for the class of its name; for the one that a table gives it; for a WordNet id of
 * Imagenette, for its number among the 1,000 of ImageNet.
 */
final class ClassFolders {
    private static final Set<String> ENDINGS = Set.of("jpg", "jpeg", "png", "webp");
    private static final List<String> PLACES = List.of("val/", "test/", "");

    private ClassFolders() {
    }

    /**
     * A row for each picture, in the order of the paths.
     *
     * @param classes a file of folder, tab, class; null where the folders' names will do
     */
    static List<Question> questions(Path location, Pictures pictures, Path classes) throws IOException {
        Map<String, String> named = named(classes);
        for (String place : PLACES) {
            List<Question> found = new ArrayList<>();
            for (String path : pictures.paths()) {
                if (path.startsWith(place) && isPicture(path)) {
                    String[] parts = path.substring(place.length()).split("/");
                    if (parts.length == 2) {
                        found.add(new Question(found.size(), path, "all", "",
                                named.getOrDefault(parts[0], parts[0])));
                    }
                }
            }
            if (!found.isEmpty()) {
                return found;
            }
        }
        throw new CommandFailedException(ExitCodes.DATA, "looking for classes in " + location
                + ": no table with the columns " + Columns.CLASSES.needed()
                + ", and no pictures in a folder a class; needed"
                + " one of these, for example val/CLASS/picture.jpg");
    }

    /** A row for each picture wherever it lies, in the order of the paths, of no class. */
    static List<Question> all(Path location, Pictures pictures) {
        List<Question> found = new ArrayList<>();
        for (String path : pictures.paths()) {
            if (isPicture(path)) {
                found.add(new Question(found.size(), path, "all", "", ""));
            }
        }
        if (found.isEmpty()) {
            throw new CommandFailedException(ExitCodes.DATA, "looking for pictures in " + location + ": none of "
                    + pictures.paths().size() + " files ends in one of " + ENDINGS.stream().sorted().toList());
        }
        return found;
    }

    private static boolean isPicture(String path) {
        return ENDINGS.contains(path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    private static Map<String, String> named(Path classes) throws IOException {
        Map<String, String> named = new HashMap<>();
        List<String> lines = classes == null
                ? bundled()
                : Utf8.text(classes.toString(), Files.readAllBytes(classes)).lines().toList();
        for (String line : lines) {
            String[] cells = line.split("\t");
            if (cells.length >= 2) {
                named.put(cells[0].strip(), cells[1].strip());
            } else if (!line.isBlank()) {
                throw new CommandFailedException(ExitCodes.DATA, "reading the classes in " + classes + ": [" + line
                        + "]; needed lines of folder, tab, class");
            }
        }
        return named;
    }

    private static List<String> bundled() {
        try (InputStream in = ClassFolders.class.getResourceAsStream("/classes/imagenette.tsv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
