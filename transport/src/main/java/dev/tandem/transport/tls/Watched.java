package dev.tandem.transport.tls;

import dev.tandem.transport.session.Causes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A value read from files, read again when one of them changes. When the new content is broken or a file is gone, the
 * value read before stays, the log says so once, and every look tries again. Not thread safe.
 */
final class Watched<T> {
    private static final Logger LOG = LoggerFactory.getLogger(Watched.class);

    /** Reads the value; an IOException says in words what is wrong. */
    interface Reader<T> {
        T read() throws IOException;
    }

    private final String what;
    private final List<Path> files;
    private final Reader<T> reader;
    private List<String> stamps;
    private String complaint;
    private T value;

    /** Reads for the first time, which must succeed. */
    Watched(String what, List<Path> files, Reader<T> reader) throws IOException {
        this.what = what;
        this.files = files;
        this.reader = reader;
        this.stamps = stamps();
        this.value = reader.read();
    }

    T value() {
        return value;
    }

    /** Looks at the files; true when there is a new value. */
    boolean look() {
        // Before the read: a file that changes while it is read has another stamp at the next look.
        List<String> found = stamps();
        if (found.equals(stamps)) {
            return false;
        }
        try {
            value = reader.read();
        } catch (IOException e) {
            complain(Causes.words(e));
            return false;
        }
        stamps = found;
        complaint = null;
        LOG.info("{} read again from {}, used from the next connection on", what, files);
        return true;
    }

    private void complain(String words) {
        if (!words.equals(complaint)) {
            LOG.error(
                    "{} in {} changed and cannot be used [{}]; the earlier one stays in use, needed is a whole new one",
                    what, files, words);
            complaint = words;
        }
    }

    private List<String> stamps() {
        return files.stream().map(Watched::stamp).toList();
    }

    /** Time, size and inode: a file moved into place is noticed even when time and size are the same. */
    private static String stamp(Path file) {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            return found.lastModifiedTime() + " " + found.size() + " " + found.fileKey();
        } catch (IOException e) {
            return "missing";
        }
    }
}
