package dev.tandem.pack;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Paths of the manifest: relative, plain characters, no way out of the folder (docs/pack.md section 1). */
final class PackPath {
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9._-]+");
    private static final int MAX_LENGTH = 200;
    private static final int MAX_PARTS = 8;

    private PackPath() {
    }

    /** Refuses a path that is not of the allowed form; touches no file. */
    static void check(Checks checks, String field, String path) {
        checks.text(field, path, 1, MAX_LENGTH);
        String[] parts = path.split("/", -1);
        boolean plain = parts.length <= MAX_PARTS;
        for (String part : parts) {
            plain &= PART.matcher(part).matches() && !part.equals(".") && !part.equals("..");
        }
        if (!plain) {
            throw checks.field(field, path, "a relative path that stays in the pack's folder: up to " + MAX_PARTS
                    + " parts of A-Z a-z 0-9 . _ - between slashes, none of them . or ..");
        }
        if (path.equals(PackLoader.MANIFEST)) {
            throw checks.field(field, path, "a file other than the manifest itself");
        }
    }

    /** The file that a checked path names, if no symbolic link lies on the way and it is a plain file. */
    static Path resolve(Checks checks, String path, FileEntry entry) {
        Path start = entry.pack() == null ? checks.folder() : checks.folder().resolveSibling(entry.pack());
        if (entry.pack() != null && Files.isSymbolicLink(start)) {
            throw checks.file("opening", path, "the pack " + entry.pack() + " beside it is a symbolic link",
                    "a plain folder, since a link may lead anywhere", "put a copy in its place");
        }
        Path at = start;
        for (String part : path.split("/")) {
            at = at.resolve(part);
            if (Files.isSymbolicLink(at)) {
                throw checks.file("opening", path, start.relativize(at) + " is a symbolic link",
                        "plain files and folders, since a link may leave the folder", "put a copy in its place");
            }
        }
        if (entry.pack() != null && !Files.exists(at)) {
            throw checks.file("opening", path, "no such file in the pack " + entry.pack() + " beside it",
                    "that pack, which this one shares the file with", "put it beside: " + start);
        }
        if (!Files.exists(at)) {
            throw checks.file("opening", path, "no such file", "every file that pack.json lists",
                    "fetch or export the pack again");
        }
        if (!Files.isRegularFile(at)) {
            throw checks.file("opening", path, "not a plain file", "a plain file", "fetch or export the pack again");
        }
        return at;
    }
}
