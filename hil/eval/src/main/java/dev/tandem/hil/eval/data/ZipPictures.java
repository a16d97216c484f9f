package dev.tandem.hil.eval.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The files in a ZIP, read in place. */
final class ZipPictures implements Pictures {
    private final Path file;
    private final ZipFile zip;
    private final List<String> paths;

    ZipPictures(Path file) throws IOException {
        this.file = file;
        zip = ZipOpening.open(file);
        paths = zip.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName).sorted().toList();
    }

    @Override
    public List<String> paths() {
        return paths;
    }

    @Override
    public byte[] read(String path, long most) throws IOException {
        String name = file + "!" + path;
        checkSize(name, zip.getEntry(path).getSize(), most);
        byte[] bytes = head(path, (int) most + 1);
        checkSize(name, bytes.length, most);
        return bytes;
    }

    @Override
    public byte[] head(String path, int most) throws IOException {
        try (InputStream in = zip.getInputStream(zip.getEntry(path))) {
            return in.readNBytes(most);
        } catch (IOException e) {
            throw new IOException("reading " + file + "!" + path + ": " + e.getMessage(), e);
        }
    }

    /** Refuses what no picture or table needs, before it is read. */
    static void checkSize(String name, long bytes, long most) throws IOException {
        if (bytes > most) {
            throw new IOException(
                    String.format(Locale.ROOT, "reading %s: it is [%d] bytes, at most %d are taken", name, bytes,
                            most));
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
