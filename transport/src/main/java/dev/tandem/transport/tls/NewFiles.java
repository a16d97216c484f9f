package dev.tandem.transport.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Files that come to be in a folder all together or not at all: they are made in a temporary folder inside it, which
 * only its owner may enter, and moved when the last one is whole. What fails leaves nothing, not even the folder where
 * it was not there before. Not thread safe.
 */
final class NewFiles implements AutoCloseable {
    private final Path target;
    private final Path making;
    private final List<Path> madeFolders = new ArrayList<>();
    private boolean published;

    /** Makes the folder where it is missing. */
    NewFiles(Path target) throws IOException {
        this.target = target;
        for (Path each = target.toAbsolutePath(); each != null && !Files.exists(each); each = each.getParent()) {
            madeFolders.add(each);
        }
        try {
            Files.createDirectories(target);
            making = Files.createTempDirectory(target, ".making");
        } catch (IOException e) {
            deleteMadeFolders();
            throw e;
        }
    }

    /** Where to make them. */
    Path making() {
        return making;
    }

    /** IOException in words when one is there already: before the work, rather than after it. */
    static void refuseOld(Path folder, List<String> names) throws IOException {
        for (String name : names) {
            refuseOld(folder.resolve(name));
        }
    }

    private static void refuseOld(Path file) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("writing [" + file + "]: it exists already and is not overwritten; "
                    + "choose another folder or move it away");
        }
    }

    /** Moves all that was made; when one cannot be moved, those before it are taken back. */
    void publish() throws IOException {
        List<Path> moved = new ArrayList<>();
        try (Stream<Path> files = Files.list(making)) {
            for (Path file : files.sorted().toList()) {
                Path place = target.resolve(file.getFileName());
                refuseOld(place);
                Files.move(file, place);
                moved.add(place);
            }
            published = true;
        } catch (IOException e) {
            for (Path place : moved) {
                Files.deleteIfExists(place);
            }
            throw e;
        }
    }

    /** Moves one file over an earlier one, in one step. */
    Path replace(String name) throws IOException {
        Path file = Files.move(making.resolve(name), target.resolve(name), StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.ATOMIC_MOVE);
        published = true;
        return file;
    }

    /** Deletes what was not moved. */
    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(making)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException gone) {
            // What is not there need not be deleted.
        }
        if (!published) {
            deleteMadeFolders();
        }
    }

    private void deleteMadeFolders() {
        madeFolders.forEach(folder -> folder.toFile().delete()); // stays where somebody else has put something
    }
}
