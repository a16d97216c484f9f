package dev.tandem.hil.eval.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The files in a ZIP, read in place. */
final class ZipPictures implements Pictures {
    private static final long MOST_BYTES = 64L << 20;

    private final Path file;
    private final ZipFile zip;
    private final List<String> paths;

    ZipPictures(Path file) throws IOException {
        this.file = file;
        zip = new ZipFile(file.toFile());
        paths = zip.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName).sorted().toList();
    }

    @Override
    public List<String> paths() {
        return paths;
    }

    @Override
    public byte[] read(String path) throws IOException {
        ZipEntry entry = zip.getEntry(path);
        String name = file + "!" + path;
        checkSize(name, entry.getSize());
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes((int) MOST_BYTES + 1);
            checkSize(name, bytes.length);
            return bytes;
        }
    }

    /** Refuses what no picture or table needs, before it is read. */
    static void checkSize(String name, long bytes) throws IOException {
        if (bytes > MOST_BYTES) {
            throw new IOException(
                    "reading %s: it is [%d] bytes, at most %d are taken".formatted(name, bytes, MOST_BYTES));
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
