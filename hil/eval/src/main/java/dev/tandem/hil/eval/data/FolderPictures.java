package dev.tandem.hil.eval.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;

/** The files below a folder, symbolic links followed: the folder may be one, and so may folders and files in it. */
final class FolderPictures implements Pictures {
    private static final int DEPTH = 8;
    private static final int MOST_FILES = 5_000_000;

    private final Path folder;
    private final List<String> paths = new ArrayList<>();

    FolderPictures(Path folder) throws IOException {
        this.folder = folder;
        Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), DEPTH, new Finding());
        Collections.sort(paths);
    }

    /** Gathers plain files; a link that leads nowhere or back up is passed over. */
    private final class Finding extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (attributes.isRegularFile()) {
                paths.add(folder.relativize(file).toString().replace('\\', '/'));
            }
            if (paths.size() > MOST_FILES) {
                throw new IOException("reading the folder " + folder + ": it has more than " + MOST_FILES + " files");
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
            if (problem instanceof FileSystemLoopException) {
                return FileVisitResult.CONTINUE;
            }
            throw problem;
        }
    }

    @Override
    public List<String> paths() {
        return paths;
    }

    @Override
    public byte[] read(String path, long most) throws IOException {
        Path file = folder.resolve(path);
        ZipPictures.checkSize(file.toString(), Files.size(file), most);
        return Files.readAllBytes(file);
    }

    @Override
    public byte[] head(String path, int most) throws IOException {
        try (InputStream in = Files.newInputStream(folder.resolve(path))) {
            return in.readNBytes(most);
        }
    }

    @Override
    public void close() {
        // Holds nothing open.
    }
}
