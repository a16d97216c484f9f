package dev.tandem.hil.eval.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files below a folder. */
final class FolderPictures implements Pictures {
    private final Path folder;
    private final List<String> paths;

    FolderPictures(Path folder) throws IOException {
        this.folder = folder;
        try (Stream<Path> files = Files.walk(folder, 8)) {
            paths = files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .sorted().toList();
        }
    }

    @Override
    public List<String> paths() {
        return paths;
    }

    @Override
    public byte[] read(String path) throws IOException {
        Path file = folder.resolve(path);
        ZipPictures.checkSize(file.toString(), Files.size(file));
        return Files.readAllBytes(file);
    }

    @Override
    public void close() {
        // Holds nothing open.
    }
}
